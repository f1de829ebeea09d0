window.YTD.community_note.part0 = [
  {
    "communityNote" : {
      "noteId" : "31",
      "userId" : "2398471065",
      "createdAt" : "2024-01-01T00:00:00.000Z",
      "summary" : "Slugs are not insects."
    }
  }
]