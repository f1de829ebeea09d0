window.YTD.protected_history.part0 = [
  {
    "protectedHistory" : {
      "protectedAt" : "2020-11-03T20:15:00.000Z",
      "action" : "Protect"
    }
  },
  {
    "protectedHistory" : {
      "protectedAt" : "2020-11-09T09:00:00.000Z",
      "action" : "Unprotect"
    }
  }
]