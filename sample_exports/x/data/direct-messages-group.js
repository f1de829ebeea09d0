window.YTD.direct_messages_group.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "1245289802757074944",
      "messages" : [
        {
          "participantsLeave" : {
            "userIds" : [
              "77120934"
            ],
            "createdAt" : "2020-05-01T08:00:00.000Z"
          }
        },
        {
          "messageCreate" : {
            "reactions" : [],
            "urls" : [],
            "text" : "quiz at eight?",
            "mediaUrls" : [],
            "senderId" : "1184467712",
            "id" : "1245788086072274944",
            "createdAt" : "2020-04-02T19:00:00.123Z"
          }
        },
        {
          "reactionCreate" : {
            "senderId" : "955020187",
            "reactionKey" : "like",
            "eventId" : "5",
            "createdAt" : "2020-04-02T19:01:00.000Z"
          }
        },
        {
          "conversationNameUpdate" : {
            "initiatingUserId" : "2398471065",
            "name" : "Lockdown gardeners",
            "createdAt" : "2020-04-01T10:05:00.000Z"
          }
        },
        {
          "participantsJoin" : {
            "initiatingUserId" : "2398471065",
            "userIds" : [
              "77120934"
            ],
            "createdAt" : "2020-04-01T10:02:00.000Z"
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