window.YTD.ad_mobile_conversions_attributed.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "attributedMobileAppConversions" : {
          "conversions" : [
            {
              "attributedConversionType" : "AppInstall",
              "mobilePlatform" : "Android",
              "conversionEvent" : "Install",
              "applicationName" : "Harbour Fitness",
              "conversionValue" : "0",
              "conversionTime" : "2024-10-05 06:30:00",
              "additionalParameters" : {}
            }
          ]
        }
      }
    }
  }
]