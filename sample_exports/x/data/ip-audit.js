window.YTD.ip_audit.part0 = [
  {
    "ipAudit" : {
      "accountId" : "2398471065",
      "createdAt" : "2024-11-04T22:41:07.000Z",
      "loginIp" : "203.0.113.47",
      "loginPortNumber" : 51022
    }
  },
  {
    "ipAudit" : {
      "accountId" : "2398471065",
      "createdAt" : "2024-10-12T07:03:55.000Z",
      "loginIp" : "198.51.100.23",
      "loginPortNumber" : "40110"
    }
  },
  {
    "ipAudit" : {
      "accountId" : "2398471065",
      "createdAt" : "2024-09-01T19:00:00.000Z",
      "loginIp" : "2001:db8::47"
    }
  }
]