window.YTD.note_tweet.part0 = [
  {
    "noteTweet" : {
      "noteTweetId" : "1697011322975186944",
      "updatedAt" : "2023-08-30T22:20:03.000Z",
      "lifecycle" : {
        "value" : "1",
        "name" : "Created",
        "originalName" : "CREATED",
        "annotations" : {}
      },
      "createdAt" : "2023-08-30T22:20:03.000Z",
      "core" : {
        "styletags" : [],
        "urls" : [],
        "text" : "A long thought about compost, which needs more than two hundred and eighty characters, so that it is cut here, but not in this file: brown and green, wet and dry, patience and worms. @marta_q taught me most of it, and the Larkspur Garden Shop sold me a thermometer that I have never needed since then. Worms!",
        "mentions" : [
          {
            "screenName" : "marta_q",
            "fromIndex" : "178",
            "toIndex" : "186"
          }
        ],
        "cashtags" : [],
        "hashtags" : []
      }
    }
  }
]