window.YTD.direct_message_headers.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "310400112-2398471065",
      "messages" : [
        {
          "messageCreate" : {
            "recipientId" : "310400112",
            "senderId" : "2398471065",
            "id" : "1763852997227474944",
            "createdAt" : "2024-03-02T09:05:00.123Z"
          }
        },
        {
          "messageCreate" : {
            "recipientId" : "2398471065",
            "senderId" : "310400112",
            "id" : "1763851738936274944",
            "createdAt" : "2024-03-02T09:00:00.123Z"
          }
        },
        {
          "messageCreate" : {
            "recipientId" : "310400112",
            "senderId" : "2398471065",
            "id" : "1212161260385234944",
            "createdAt" : "2019-12-31T23:59:00.123Z"
          }
        }
      ]
    }
  }
]