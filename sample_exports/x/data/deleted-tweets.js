window.YTD.deleted_tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1848144666424274944"
          ],
          "editableUntil" : "2024-10-20T23:30:00.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"http://twitter.com/download/android\" rel=\"nofollow\">Twitter for Android</a>",
      "entities" : {
        "hashtags" : [],
        "symbols" : [],
        "user_mentions" : [],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "23"
      ],
      "favorite_count" : "0",
      "id_str" : "1848144666424274944",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1848144666424274944",
      "created_at" : "Sun Oct 20 23:30:00 +0000 2024",
      "favorited" : false,
      "full_text" : "my landlord is a potato",
      "lang" : "en",
      "deleted_at" : "2024-10-21T06:00:00.000Z"
    }
  }
]