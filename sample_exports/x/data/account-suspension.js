window.YTD.account_suspension.part0 = [
  {
    "accountSuspension" : {
      "timeStamp" : "2019-07-02T08:00:00.000Z",
      "action" : "Suspend"
    }
  },
  {
    "accountSuspension" : {
      "timeStamp" : "2019-07-02T11:30:00.000Z",
      "action" : "Unsuspend"
    }
  }
]