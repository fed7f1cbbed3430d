package io.github.costwise.cache.verify;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Tag("unit")
class FeatureVectorTests {

	private final WordRarity rarity = new WordRarity();

	@Test
	void theNeighboursVoteByGroup() {
		Neighbourhood near = Neighbourhood.of(List.of(candidate(1, .9, "a b"), candidate(2, .89, "a c"),
				candidate(2, .88, "a d"), candidate(3, .5, "x")));
		assertThat(near.parties()).extracting((party) -> party.best().group()).containsExactly(2L, 1L, 3L);
		assertThat(near.parties().stream().mapToDouble(near::share).sum()).isCloseTo(1, within(1e-9));
		assertThat(near.rival(near.parties().get(0))).isEqualTo(.9);
		assertThat(near.rival(near.parties().get(1))).isEqualTo(.89);
	}

	@Test
	void theSameWordsShowNoDifference() {
		double[] features = features("how do i pay", candidate(1, .99, "how do i pay"));
		for (String name : List.of("jaccard", "numbers", "negation", "rarestHere", "rarestThere", "rareShare", "length",
				"uncovered", "missing", "opposites", "names", "order")) {
			assertThat(features[FeatureVector.NAMES.indexOf(name)]).as(name).isZero();
		}
		assertThat(features[FeatureVector.NAMES.indexOf("sameWords")]).isOne();
		assertThat(features[FeatureVector.NAMES.indexOf("cosine")]).isEqualTo(.99);
	}

	@Test
	void aRareWordWeighsMoreThanACommonOne() {
		for (int i = 0; i < 50; i++) {
			this.rarity.add(TextFeatures.of("pay card number" + i).words());
		}
		int rarest = FeatureVector.NAMES.indexOf("rarestHere");
		assertThat(features("pay zebra", candidate(1, .9, "pay"))[rarest])
			.isGreaterThan(features("pay card", candidate(1, .9, "pay"))[rarest]);
	}

	@Test
	void aWordThatAnotherMemberSaysIsCovered() {
		int uncovered = FeatureVector.NAMES.indexOf("uncovered");
		assertThat(features("pay zebra", candidate(1, .9, "pay"), candidate(1, .8, "zebra"))[uncovered]).isZero();
		assertThat(features("pay zebra", candidate(1, .9, "pay"))[uncovered]).isPositive();
	}

	@Test
	void wordsAreForgottenBeforeMemoryGrowsWithoutBound() {
		for (int i = 0; i < 200_000; i++) {
			this.rarity.add(new int[] { i * 32, 32 });
		}
		assertThat(this.rarity.of(32)).isLessThan(this.rarity.of(7 * 32));
		assertThat(this.rarity.size()).isLessThanOrEqualTo((1 << 15) + 2);
	}

	private double[] features(String text, NearEntry... near) {
		Neighbourhood neighbourhood = Neighbourhood.of(List.of(near));
		return FeatureVector.of(TextFeatures.of(text), neighbourhood, neighbourhood.parties().get(0), this.rarity);
	}

	private static NearEntry candidate(long group, double cosine, String text) {
		return new NearEntry(text, group, cosine, TextFeatures.of(text));
	}

}
