window.YTD.personalization.part0 = [
  {
    "p13nData" : {
      "demographics" : {
        "languages" : [
          {
            "language" : "English",
            "isDisabled" : false
          },
          {
            "language" : "Spanish",
            "isDisabled" : true
          }
        ],
        "genderInfo" : {
          "gender" : "female"
        }
      },
      "interests" : {
        "interests" : [
          {
            "name" : "Gardening",
            "isDisabled" : false
          },
          {
            "name" : "Dogs",
            "isDisabled" : false
          },
          {
            "name" : "Conservative politics",
            "isDisabled" : true
          },
          {
            "name" : "Pregnancy",
            "isDisabled" : true
          }
        ],
        "partnerInterests" : [],
        "audienceAndAdvertisers" : {
          "numAudiences" : "4",
          "advertisers" : [
            "@larkspurgarden",
            "@tidewatertravel"
          ],
          "lookalikeAdvertisers" : [
            "@northwindins",
            "@quillmark",
            "@harbourfit"
          ],
          "doNotReachAdvertisers" : [
            "@larkspurgarden"
          ],
          "catalogAudienceAdvertisers" : []
        },
        "shows" : [
          "The Example Bake Off"
        ]
      },
      "locationHistory" : [
        "Bath, England",
        "London, England"
      ],
      "inferredAgeInfo" : {
        "age" : [
          "13-54"
        ],
        "birthDate" : ""
      }
    }
  }
]