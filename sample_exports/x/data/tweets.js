window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "442359088542674944"
          ],
          "editableUntil" : "2014-03-08T18:00:00.000Z",
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
        "25"
      ],
      "favorite_count" : "0",
      "id_str" : "442359088542674944",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "442359088542674944",
      "created_at" : "Sat Mar 08 18:00:00 +0000 2014",
      "favorited" : false,
      "full_text" : "just setting up my garden",
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "605275083371474944"
          ],
          "editableUntil" : "2015-06-01T07:30:00.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"http://twitter.com/download/android\" rel=\"nofollow\">Twitter for Android</a>",
      "entities" : {
        "hashtags" : [],
        "symbols" : [],
        "user_mentions" : [
          {
            "name" : "Ben Zoë",
            "screen_name" : "benzoe",
            "indices" : [
              "0",
              "7"
            ],
            "id_str" : "310400112",
            "id" : "310400112"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "40"
      ],
      "favorite_count" : "0",
      "id_str" : "605275083371474944",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "605275083371474944",
      "created_at" : "Mon Jun 01 07:30:00 +0000 2015",
      "favorited" : false,
      "full_text" : "@benzoe tomatoes &gt; courgettes, always",
      "lang" : "en",
      "in_reply_to_status_id_str" : "605267533624274944",
      "in_reply_to_status_id" : "605267533624274944",
      "in_reply_to_user_id" : "310400112",
      "in_reply_to_user_id_str" : "310400112",
      "in_reply_to_screen_name" : "benzoe"
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "766968019153874944"
          ],
          "editableUntil" : "2016-08-20T12:00:00.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"http://twitter.com/download/android\" rel=\"nofollow\">Twitter for Android</a>",
      "entities" : {
        "hashtags" : [],
        "symbols" : [],
        "user_mentions" : [
          {
            "name" : "Marta Quill",
            "screen_name" : "marta_q",
            "indices" : [
              "0",
              "8"
            ],
            "id_str" : "1184467712",
            "id" : "1184467712"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "40"
      ],
      "favorite_count" : "4",
      "id_str" : "766968019153874944",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "766968019153874944",
      "created_at" : "Sat Aug 20 12:00:00 +0000 2016",
      "favorited" : false,
      "full_text" : "In the Botanical Gardens with @marta_q 🌸",
      "lang" : "en",
      "geo" : {
        "type" : "Point",
        "coordinates" : [
          "51.3878",
          "-2.3766"
        ]
      },
      "coordinates" : {
        "type" : "Point",
        "coordinates" : [
          "-2.3766",
          "51.3878"
        ]
      }
    }
  },
  {
    "tweet" : {
      "edit_info" : {
        "initial" : {
          "editTweetIds" : [
            "1077353221845970944"
          ],
          "editableUntil" : "2018-12-24T23:59:59.000Z",
          "editsRemaining" : "5",
          "isEditEligible" : false
        }
      },
      "retweeted" : false,
      "source" : "<a href=\"http://twitter.com/download/android\" rel=\"nofollow\">Twitter for Android</a>",
      "entities" : {
        "hashtags" : [],
        "symbols" : [],
        "user_mentions" : [
          {
            "name" : "山田 花子",
            "screen_name" : "hanako_y",
            "indices" : [
              "0",
              "9"
            ],
            "id_str" : "955020187",
            "id" : "955020187"
          }
        ],
        "urls" : []
      },
      "display_text_range" : [
        "0",
        "43"
      ],
      "favorite_count" : "0",
      "id_str" : "1077353221845970944",
      "truncated" : false,
      "retweet_count" : "0",
      "id" : "1077353221845970944",
      "created_at" : "Mon Dec 24 23:59:59 +0000 2018",
      "favorited" : false,
      "full_text" : "RT @hanako_y: 庭の椿が咲きました https://t.example/…",
      "lang" : "ja"
    }
  }
]