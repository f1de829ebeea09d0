window.YTD.tweetdeck.part0 = [
  {
    "deck" : {
      "title" : "Garden",
      "columns" : [
        {
          "pathname" : "/search?q=hay%20fever",
          "query" : "hay fever"
        },
        {
          "pathname" : "/home"
        }
      ]
    }
  }
]