window.YTD.app.part0 = [
  {
    "app" : {
      "appId" : "com.northwind.claims",
      "appNames" : [
        "Northwind Claims"
      ]
    }
  },
  {
    "app" : {
      "appId" : "com.example.cyclediary",
      "appNames" : [
        "Cycle Diary",
        "Cycle Diary Plus"
      ]
    }
  },
  {
    "app" : {
      "appId" : "1380676511",
      "appNames" : []
    }
  }
]