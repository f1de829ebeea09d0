window.YTD.ad_impressions.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "adImpressions" : {
          "impressions" : [
            {
              "deviceInfo" : {
                "osType" : "Android",
                "deviceId" : "a81f33d07c2e94b5"
              },
              "displayLocation" : "TimelineHome",
              "promotedTweetInfo" : {
                "tweetId" : "1851686525465554944",
                "tweetText" : "Bulbs for spring",
                "urls" : [
                  "https://t.example/ad1"
                ],
                "mediaUrls" : []
              },
              "advertiserInfo" : {
                "advertiserName" : "Larkspur Garden Shop",
                "screenName" : "@larkspurgarden"
              },
              "matchedTargetingCriteria" : [
                {
                  "targetingType" : "List",
                  "targetingValue" : "Newsletter 2024"
                },
                {
                  "targetingType" : "Locations",
                  "targetingValue" : "United Kingdom"
                },
                {
                  "targetingType" : "Age",
                  "targetingValue" : "25 to 54"
                }
              ],
              "impressionTime" : "2024-10-30 18:04:05"
            },
            {
              "deviceInfo" : {
                "osType" : "Android",
                "deviceId" : "a81f33d07c2e94b5"
              },
              "displayLocation" : "TimelineHome",
              "promotedTweetInfo" : {
                "tweetId" : "1851884811187154944",
                "tweetText" : "Lisbon from £49 &amp; up",
                "urls" : [
                  "https://t.example/ad1"
                ],
                "mediaUrls" : []
              },
              "advertiserInfo" : {
                "advertiserName" : "Tidewater Travel",
                "screenName" : "@tidewatertravel"
              },
              "matchedTargetingCriteria" : [
                {
                  "targetingType" : "Website Activity",
                  "targetingValue" : "visited /lisbon"
                },
                {
                  "targetingType" : "Languages",
                  "targetingValue" : "English"
                }
              ],
              "impressionTime" : "2024-10-31 07:12:00"
            }
          ]
        }
      }
    }
  },
  {
    "ad" : {
      "adsUserData" : {
        "adImpressions" : {
          "impressions" : [
            {
              "deviceInfo" : {
                "osType" : "Desktop"
              },
              "displayLocation" : "TimelineHome",
              "promotedTrendInfo" : {
                "trendId" : "88121",
                "name" : "#CoverWeek",
                "description" : "Every cover counts"
              },
              "advertiserInfo" : {
                "advertiserName" : "Northwind Insurance",
                "screenName" : "@northwindins"
              },
              "matchedTargetingCriteria" : [
                {
                  "targetingType" : "Follower look-alikes",
                  "targetingValue" : "@quillmark"
                },
                {
                  "targetingType" : "Gender",
                  "targetingValue" : "women"
                }
              ],
              "impressionTime" : "2024-11-01 12:00:00"
            }
          ]
        }
      }
    }
  },
  {
    "ad" : {
      "adsUserData" : {
        "adImpressions" : {
          "impressions" : [
            {
              "deviceInfo" : {
                "osType" : "Android",
                "deviceId" : "a81f33d07c2e94b5"
              },
              "displayLocation" : "TimelineHome",
              "promotedTweetInfo" : {
                "tweetId" : "1852644315755474944",
                "tweetText" : "Bulbs for spring",
                "urls" : [
                  "https://t.example/ad1"
                ],
                "mediaUrls" : []
              },
              "advertiserInfo" : {
                "advertiserName" : "Quillmark Media",
                "screenName" : "@quillmark"
              },
              "impressionTime" : "2024-11-02 09:30:00"
            }
          ]
        }
      }
    }
  }
]