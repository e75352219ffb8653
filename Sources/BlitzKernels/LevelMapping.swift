import BlitzCore
