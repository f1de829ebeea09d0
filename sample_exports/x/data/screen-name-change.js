window.YTD.screen_name_change.part0 = [
  {
    "screenNameChange" : {
      "accountId" : "2398471065",
      "screenNameChange" : {
        "changedAt" : "2016-02-29T10:10:10.000Z",
        "changedFrom" : "rosa_gardens",
        "changedTo" : "rosaquill"
      }
    }
  }
]