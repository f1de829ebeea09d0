window.YTD.community_tweet.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1621086019384274944"
          ],
          "editableUntil" : "2023-02-02T10:00:00.000Z",
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
        "20"
      ],
      "favorite_count" : "0",
      "id_str" : "1621086019384274944",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1621086019384274944",
      "created_at" : "Thu Feb 02 10:00:00 +0000 2023",
      "favorited" : false,
      "full_text" : "Slug season, friends",
      "lang" : "en",
      "community_id" : "1500",
      "community_id_str" : "1500",
      "scopes" : {
        "followers" : false
      }
    }
  }
]