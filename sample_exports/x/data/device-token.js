window.YTD.device_token.part0 = [
  {
    "deviceToken" : {
      "clientApplicationId" : "258901",
      "token" : "kQ9vZxSecretDeviceToken0000000000000001",
      "createdAt" : "2023-06-01T08:00:00.000Z",
      "lastSeenAt" : "2024-11-04T22:41:07.000Z",
      "clientApplicationName" : "Twitter for Android"
    }
  },
  {
    "deviceToken" : {
      "clientApplicationId" : "3033300",
      "token" : "kQ9vZxSecretDeviceToken0000000000000002",
      "createdAt" : "2024-01-11T08:30:00.000Z",
      "lastSeenAt" : "2024-10-30T10:00:00.000Z",
      "clientApplicationName" : "Twitter Web App"
    }
  }
]