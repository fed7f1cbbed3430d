package io.github.costwise.cache.verify;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.spi.TextEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EvidenceGroups}.
 */
@Tag("unit")
class EvidenceGroupsTests {

	private static final String ENGLISH = "How do I reset my password?";

	private static final String GERMAN = "Wie setze ich mein Passwort zurück?";

	private static final String CHINESE = "如何重置密码?";

	private static final String SHORT = "Refund";

	@Test
	void anEncoderOfEnglishComparesLatinTextsThatAreSure() {
		EvidenceGroups groups = new EvidenceGroups(new Encoder(false, 1));
		assertThat(groups.of(ENGLISH)).isEqualTo("en");
		assertThat(groups.of(GERMAN)).isEqualTo("latin");
		assertThat(groups.of(CHINESE)).isNull();
		assertThat(groups.of(SHORT)).isNull();
	}

	@Test
	void anEncoderOfManyLanguagesComparesWithinAGroup() {
		EvidenceGroups groups = new EvidenceGroups(new Encoder(true, 1));
		assertThat(groups.of(ENGLISH)).isEqualTo("en");
		assertThat(groups.of(GERMAN)).isEqualTo("latin");
		assertThat(groups.of(CHINESE)).isEqualTo("han");
		assertThat(groups.of(SHORT)).isEqualTo("unsure");
	}

	@Test
	void whatIsHardlyReadIsNotCompared() {
		assertThat(new EvidenceGroups(new Encoder(true, .6)).of(ENGLISH)).isNull();
		assertThat(new EvidenceGroups(new Encoder(false, .8)).of(GERMAN)).isEqualTo("latin");
	}

	@Test
	void storedTextsAreOfTheirOwnGroup() {
		assertThat(EvidenceGroups.contains("en", ENGLISH)).isTrue();
		assertThat(EvidenceGroups.contains("en", GERMAN)).isFalse();
		assertThat(EvidenceGroups.contains("latin", CHINESE)).isFalse();
	}

	private record Encoder(boolean multilingual, double share) implements TextEncoder {

		@Override
		public float[] encode(String text) {
			return new float[] { 1 };
		}

		@Override
		public int dimensions() {
			return 1;
		}

		@Override
		public String id() {
			return "one";
		}

		@Override
		public double known(String text) {
			return this.share;
		}

		@Override
		public boolean isMultilingual() {
			return this.multilingual;
		}

	}

}
