window.YTD.direct_messages.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "310400112-2398471065",
      "messages" : [
        {
          "messageCreate" : {
            "recipientId" : "310400112",
            "reactions" : [],
            "urls" : [],
            "text" : "it is &lt;3 and 203.0.113.47, do not ask",
            "mediaUrls" : [],
            "senderId" : "2398471065",
            "id" : "1763852997227474944",
            "createdAt" : "2024-03-02T09:05:00.123Z",
            "editHistory" : [
              {
                "createdAtSec" : "1709370000",
                "editedText" : "it is 203.0.113.47"
              }
            ]
          }
        },
        {
          "messageCreate" : {
            "recipientId" : "2398471065",
            "reactions" : [
              {
                "senderId" : "2398471065",
                "reactionKey" : "funny",
                "eventId" : "991",
                "createdAt" : "2024-03-02T09:01:00.000Z"
              }
            ],
            "urls" : [
              {
                "url" : "https://t.example/m1",
                "expanded" : "https://maps.example/bath",
                "display" : "maps.example/bath"
              }
            ],
            "text" : "what is your address now? https://t.example/m1",
            "mediaUrls" : [],
            "senderId" : "310400112",
            "id" : "1763851738936274944",
            "createdAt" : "2024-03-02T09:00:00.123Z"
          }
        },
        {
          "messageCreate" : {
            "recipientId" : "310400112",
            "reactions" : [],
            "urls" : [],
            "text" : "",
            "mediaUrls" : [
              "https://ton.example/dm/1/2/pic.jpg"
            ],
            "senderId" : "2398471065",
            "id" : "1212161260385234944",
            "createdAt" : "2019-12-31T23:59:00.123Z"
          }
        }
      ]
    }
  },
  {
    "dmConversation" : {
      "conversationId" : "2398471065-8812200",
      "messages" : [
        {
          "messageCreate" : {
            "recipientId" : "2398471065",
            "reactions" : [],
            "urls" : [],
            "text" : "you have won",
            "mediaUrls" : [],
            "senderId" : "8812200",
            "id" : "1488694164190162944",
            "createdAt" : "2022-02-02T02:02:02.123Z"
          }
        }
      ]
    }
  },
  {
    "dmConversation" : {
      "conversationId" : "2398471065-17",
      "messages" : []
    }
  }
]