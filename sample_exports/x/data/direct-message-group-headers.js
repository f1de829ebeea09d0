window.YTD.direct_message_group_headers.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "1245289802757074944",
      "messages" : [
        {
          "messageCreate" : {
            "senderId" : "1184467712",
            "id" : "1245788086072274944",
            "createdAt" : "2020-04-02T19:00:00.123Z"
          }
        },
        {
          "joinConversation" : {
            "initiatingUserId" : "1184467712",
            "participantsSnapshot" : [
              "2398471065",
              "1184467712",
              "955020187"
            ],
            "createdAt" : "2020-04-01T10:00:00.000Z"
          }
        }
      ]
    }
  }
]