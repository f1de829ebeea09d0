window.YTD.account.part0 = [
  {
    "account" : {
      "email" : "rosa.quill@example.com",
      "createdVia" : "oauth:129032",
      "username" : "rosaquill",
      "accountId" : "2398471065",
      "createdAt" : "2014-03-08T17:21:09.512Z",
      "accountDisplayName" : "Rosa Quill 🌿"
    }
  }
]