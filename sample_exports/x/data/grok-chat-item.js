window.YTD.grok_chat_item.part0 = [
  {
    "grokChatItem" : {
      "accountId" : "2398471065",
      "chatId" : "1850",
      "createdAt" : "2024-10-30T21:00:00.000Z",
      "sender" : {
        "value" : 1,
        "name" : "User",
        "originalName" : "USER",
        "annotations" : {}
      },
      "message" : "is a lump behind the ear dangerous?",
      "grokMode" : {
        "value" : 0,
        "name" : "Normal",
        "originalName" : "NORMAL",
        "annotations" : {}
      }
    }
  },
  {
    "grokChatItem" : {
      "accountId" : "2398471065",
      "chatId" : "1850",
      "createdAt" : "2024-10-30T21:00:09.000Z",
      "sender" : {
        "value" : 2,
        "name" : "Agent",
        "originalName" : "AGENT",
        "annotations" : {}
      },
      "message" : "Mostly not, but see a doctor.",
      "postIds" : [],
      "grokMode" : {
        "value" : 0,
        "name" : "Normal",
        "originalName" : "NORMAL",
        "annotations" : {}
      }
    }
  }
]