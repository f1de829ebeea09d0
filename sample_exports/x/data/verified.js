window.YTD.verified.part0 = [
  {
    "verified" : {
      "accountId" : "2398471065",
      "verified" : false
    }
  }
]