window.YTD.account_timezone.part0 = [
  {
    "accountTimezone" : {
      "accountId" : "2398471065",
      "timeZone" : "London"
    }
  }
]