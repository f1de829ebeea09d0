window.YTD.profile.part0 = [
  {
    "profile" : {
      "description" : {
        "bio" : "Gardens, ghosts &amp; bad puns. Bath.",
        "website" : "https://t.example/rq",
        "location" : "Bath, England"
      },
      "avatarMediaUrl" : "https://pbs.example/profile_images/2398471065/leaf.jpg",
      "headerMediaUrl" : "https://pbs.example/profile_banners/2398471065/1400000000"
    }
  }
]