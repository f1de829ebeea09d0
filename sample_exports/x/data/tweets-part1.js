window.YTD.tweets.part1 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1389808342922194944"
          ],
          "editableUntil" : "2021-05-05T05:05:05.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"http://twitter.com/download/android\" rel=\"nofollow\">Twitter for Android</a>",
      "entities" : {
        "hashtags" : [
          {
            "text" : "gardening",
            "indices" : [
              "0",
              "9"
            ]
          }
        ],
        "symbols" : [],
        "user_mentions" : [],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "34"
      ],
      "favorite_count" : "12",
      "id_str" : "1389808342922194944",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1389808342922194944",
      "created_at" : "Wed May 05 05:05:05 +0000 2021",
      "favorited" : false,
      "full_text" : "New rose bed! https://t.example/p1",
      "lang" : "en",
      "extended_entities" : {
        "media" : [
          {
            "expanded_url" : "https://twitter.com/rosaquill/status/1/photo/1",
            "indices" : [
              "20",
              "43"
            ],
            "url" : "https://t.example/p1",
            "media_url" : "http://pbs.example/media/Frose1.jpg",
            "id_str" : "1652",
            "id" : "1652",
            "media_url_https" : "https://pbs.example/media/Frose1.jpg",
            "type" : "photo",
            "display_url" : "pic.example/Frose1"
          },
          {
            "expanded_url" : "https://twitter.com/rosaquill/status/1/photo/1",
            "indices" : [
              "20",
              "43"
            ],
            "url" : "https://t.example/p1",
            "media_url" : "http://pbs.example/media/Frose1.jpg",
            "id_str" : "1653",
            "id" : "1653",
            "media_url_https" : "https://pbs.example/media/Frose1.jpg",
            "type" : "photo",
            "display_url" : "pic.example/Frose1"
          }
        ]
      },
      "possibly_sensitive" : false
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1697011322975186944"
          ],
          "editableUntil" : "2023-08-30T22:20:03.000Z",
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
        "133"
      ],
      "favorite_count" : "1",
      "id_str" : "1697011322975186944",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1697011322975186944",
      "created_at" : "Wed Aug 30 22:20:03 +0000 2023",
      "favorited" : false,
      "full_text" : "A long thought about compost, which needs more than two hundred and eighty characters, so that it is cut here… https://t.example/long",
      "lang" : "en"
    }
  }
]