window.YTD.ad_online_conversions_attributed.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "attributedOnlineConversions" : {
          "conversions" : [
            {
              "attributedConversionType" : "ReTarget",
              "eventType" : "PageView",
              "conversionPlatform" : "Desktop",
              "conversionUrl" : "https://tidewater.example/lisbon",
              "advertiserInfo" : {
                "advertiserName" : "Tidewater Travel",
                "screenName" : "@tidewatertravel"
              },
              "conversionValue" : "0",
              "conversionTime" : "2024-09-20 21:10:11",
              "additionalParameters" : {}
            }
          ]
        }
      }
    }
  }
]