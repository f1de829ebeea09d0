window.YTD.smartblock.part0 = [
  {
    "smartBlock" : {
      "accountId" : "8812201",
      "userLink" : "https://twitter.com/intent/user?user_id=8812201",
      "createdAt" : "2022-02-03T00:00:00.000Z",
      "expiresAt" : "2022-02-10T00:00:00.000Z",
      "ttl" : "168"
    }
  }
]