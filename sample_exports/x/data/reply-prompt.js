window.YTD.reply_prompt.part0 = [
  {
    "replyPrompt" : {
      "promptId" : "77",
      "userId" : "2398471065",
      "proposedTweetText" : "you absolute turnip",
      "inReplyToTweetId" : "1848816593925074944",
      "createdAt" : "2024-10-22T20:05:00.000Z",
      "promptActionType" : "Deleted"
    }
  }
]