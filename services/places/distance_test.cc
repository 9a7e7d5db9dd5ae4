#include "services/places/distance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace heimweg::places {
namespace {

// The exact distance, by the haversine formula in extended precision.
long double Haversine(LatLng a, LatLng b) {
  const long double degree = acosl(-1.0L) / 180;
  const long double dlat = (b.lat_deg - a.lat_deg) * degree / 2;
  const long double dlng = (b.lng_deg - a.lng_deg) * degree / 2;
  const long double h = sinl(dlat) * sinl(dlat) + cosl(a.lat_deg * degree) *
                                                      cosl(b.lat_deg * degree) *
                                                      sinl(dlng) * sinl(dlng);
  return 2 * kEarthRadiusMeters * asinl(sqrtl(fminl(h, 1)));
}

void ExpectExact(LatLng a, LatLng b) {
  EXPECT_NEAR(DistanceMeters(ToGeoPoint(a), ToGeoPoint(b)),
              static_cast<double>(Haversine(a, b)), 1.0)
      << a.lat_deg << ' ' << a.lng_deg << " to " << b.lat_deg << ' '
      << b.lng_deg;
}

TEST(DistanceTest, KnownPointsHaveKnownUnits) {
  EXPECT_EQ(ToGeoPoint({0, 0}), (GeoPoint{1 << 30, 0, 0}));
  EXPECT_EQ(ToGeoPoint({0, 90}), (GeoPoint{0, 1 << 30, 0}));
  EXPECT_EQ(ToGeoPoint({0, -90}), (GeoPoint{0, -(1 << 30), 0}));
  EXPECT_EQ(ToGeoPoint({0, 180}), (GeoPoint{-(1 << 30), 0, 0}));
  EXPECT_EQ(ToGeoPoint({90, 37}), (GeoPoint{0, 0, 1 << 30}));
  EXPECT_EQ(ToGeoPoint({-90, 12}), (GeoPoint{0, 0, -(1 << 30)}));
}

TEST(DistanceTest, TheBitsOfAPointAreTheSameOnEveryMachine) {
  // Recorded once; the formula may not change without a new index version.
  EXPECT_EQ(ToGeoPoint({51.63, 13.7}),
            (GeoPoint{647548816, 157855386, 841833542}));
  EXPECT_EQ(ChordSquared(ToGeoPoint({51.63, 13.7}), ToGeoPoint({52.52, 13.4})),
            290118541060019);
}

TEST(DistanceTest, TheDateLineAndThePolesHaveNoSeam) {
  EXPECT_EQ(DistanceMeters(ToGeoPoint({50, 180}), ToGeoPoint({50, -180})), 0);
  EXPECT_EQ(DistanceMeters(ToGeoPoint({90, 10}), ToGeoPoint({90, -170})), 0);
  EXPECT_EQ(DistanceMeters(ToGeoPoint({-90, 0}), ToGeoPoint({90, 0})),
            kMaxDistanceMeters);
}

TEST(DistanceTest, RandomPointsOfTheEarthAreWithinAMetreOfTheHaversine) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> lat(-90, 90);
  std::uniform_real_distribution<double> lng(-180, 180);
  for (int i = 0; i < 200'000; ++i) {
    ExpectExact({lat(random), lng(random)}, {lat(random), lng(random)});
  }
}

TEST(DistanceTest, NearPointsAreWithinAMetreOfTheHaversine) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> lat(47, 55);
  std::uniform_real_distribution<double> lng(6, 15);
  std::uniform_real_distribution<double> exponent(-6, 1);
  for (int i = 0; i < 200'000; ++i) {
    const LatLng a{lat(random), lng(random)};
    const double step = std::pow(10, exponent(random));
    ExpectExact(a, {a.lat_deg + step, a.lng_deg - step});
  }
}

TEST(DistanceTest, AntipodesAndTheirNeighboursAreWithinAMetreOfTheHaversine) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> lat(-89, 89);
  std::uniform_real_distribution<double> lng(-180, 0);
  std::uniform_real_distribution<double> exponent(-9, 0);
  for (int i = 0; i < 50'000; ++i) {
    const LatLng a{lat(random), lng(random)};
    ExpectExact(a, {-a.lat_deg, a.lng_deg + 180});
    const double step = std::pow(10, exponent(random));
    ExpectExact(a, {-a.lat_deg + step, a.lng_deg + 180 - step});
  }
}

TEST(DistanceTest, PolesAndTheQuarterTurnAreWithinAMetreOfTheHaversine) {
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> lng(-180, 180);
  std::uniform_real_distribution<double> lat(-90, 90);
  std::uniform_real_distribution<double> around(-1e-6, 1e-6);
  for (int i = 0; i < 50'000; ++i) {
    ExpectExact({90, lng(random)}, {lat(random), lng(random)});
    ExpectExact({-90, lng(random)}, {lat(random), lng(random)});
    ExpectExact({0, 0}, {lat(random), 90 + around(random)});
  }
}

TEST(DistanceTest, APointIsAtNoDistanceFromItself) {
  const GeoPoint point = ToGeoPoint({51.2, 10.4});
  EXPECT_EQ(ChordSquared(point, point), 0);
  EXPECT_EQ(DistanceMeters(point, point), 0);
}

TEST(DistanceTest, DistanceIsSymmetric) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> lat(-90, 90);
  std::uniform_real_distribution<double> lng(-180, 180);
  for (int i = 0; i < 10'000; ++i) {
    const GeoPoint a = ToGeoPoint({lat(random), lng(random)});
    const GeoPoint b = ToGeoPoint({lat(random), lng(random)});
    ASSERT_EQ(ChordSquared(a, b), ChordSquared(b, a));
  }
}

// Chords around every place where the computation changes its way, and at
// random.
std::vector<int64_t> InterestingChords() {
  std::vector<int64_t> chords;
  const auto around = [&](int64_t middle) {
    for (int64_t c = middle - 300; c <= middle + 300; ++c) {
      if (c >= 0 && c < kAntipodes) chords.push_back(c);
    }
  };
  around(0);
  around(kQuarterTurn);
  around(kAntipodes);
  // Where ArcSine halves the angle once more: sin = 0.125 and 0.2480...
  for (double sine : {0.125, 0.24803918541230538, 0.4805755}) {
    around(static_cast<int64_t>(sine * sine * 0x1p62));
    around(kAntipodes - static_cast<int64_t>(sine * sine * 0x1p62));
  }
  std::mt19937_64 random(6);
  for (int i = 0; i < 100'000; ++i) {
    chords.push_back(static_cast<int64_t>((random() >> 2) >> (random() % 50)));
  }
  return chords;
}

TEST(DistanceTest, DistanceNeverFallsWhenTheChordGrows) {
  for (int64_t chord : InterestingChords()) {
    ASSERT_LE(DistanceMeters(chord), DistanceMeters(chord + 1)) << chord;
    const auto unit =
        static_cast<int64_t>(2 * std::sqrt(static_cast<double>(chord)) + 1);
    if (chord + unit > kAntipodes) continue;
    ASSERT_LE(DistanceMeters(chord), DistanceMeters(chord + unit)) << chord;
  }
}

TEST(DistanceTest, TheChordWithinARadiusIsTheGreatestInside) {
  std::mt19937_64 random(7);
  std::vector<int32_t> radii = {
      0, 1, 2, 999, 50'000, 1'594'000, 10'007'557, kMaxDistanceMeters - 1};
  for (int i = 0; i < 2'000; ++i) {
    radii.push_back(static_cast<int32_t>(random() % kMaxDistanceMeters));
    radii.push_back(static_cast<int32_t>(random() % 200'000));
  }
  for (int32_t radius_m : radii) {
    const int64_t within = ChordSquaredWithin(radius_m);
    ASSERT_LE(DistanceMeters(within), radius_m);
    for (int64_t beyond = 1; beyond <= 64; ++beyond) {
      ASSERT_GT(DistanceMeters(within + beyond), radius_m) << radius_m;
    }
  }
}

TEST(DistanceTest, EveryChordIsWithinTheGreatestRadiusAndNoneInANegativeOne) {
  EXPECT_EQ(DistanceMeters(kAntipodes), kMaxDistanceMeters);
  EXPECT_EQ(ChordSquaredWithin(kMaxDistanceMeters), kAntipodes);
  EXPECT_EQ(ChordSquaredWithin(-1), -1);
}

TEST(DistanceTest, ScanningByChordAgreesWithScanningByDistance) {
  std::mt19937_64 random(8);
  std::uniform_real_distribution<double> lat(47, 55);
  std::uniform_real_distribution<double> lng(6, 15);
  const GeoPoint home = ToGeoPoint({51, 10});
  for (int i = 0; i < 20'000; ++i) {
    const GeoPoint offer = ToGeoPoint({lat(random), lng(random)});
    const int32_t distance_m = DistanceMeters(home, offer);
    for (int32_t radius_m : {distance_m - 1, distance_m, distance_m + 1}) {
      ASSERT_EQ(ChordSquared(home, offer) <= ChordSquaredWithin(radius_m),
                distance_m <= radius_m);
    }
  }
}

TEST(DistanceTest, OnlyFiniteCoordinatesInRangeAreOnEarth) {
  EXPECT_TRUE(IsOnEarth({90, -180}));
  EXPECT_FALSE(IsOnEarth({90.1, 0}));
  EXPECT_FALSE(IsOnEarth({0, 180.1}));
  EXPECT_FALSE(IsOnEarth({std::nan(""), 0}));
  EXPECT_FALSE(IsOnEarth({0, HUGE_VAL}));
}

}  // namespace
}  // namespace heimweg::places
