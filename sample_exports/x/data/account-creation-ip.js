window.YTD.account_creation_ip.part0 = [
  {
    "accountCreationIp" : {
      "accountId" : "2398471065",
      "userCreationIp" : "203.0.113.47"
    }
  }
]