package io.github.costwise.cache.verify;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class AnswerGroupsTests {

	private final AnswerGroups groups = new AnswerGroups();

	@Test
	void takesTwoGroupsForOneWhenAnAnswerEqualsBothAndJudgementsAreExact() {
		compare(true, 0, 2);
		assertThat(this.groups.resolve(8)).isEqualTo(3);
		assertThat(this.groups.resolve(3)).isEqualTo(3);
	}

	@Test
	void wantsMoreEvidenceWhenJudgementsErr() {
		compare(true, .2, 1);
		assertThat(this.groups.resolve(8)).isEqualTo(8);
		compare(true, .2, 1);
		assertThat(this.groups.resolve(8)).isEqualTo(3);
	}

	@Test
	void namesAllThatWereMerged() {
		compare(true, 0, 2);
		assertThat(this.groups.members(3)).containsExactlyInAnyOrder(3L, 8L);
		NearEntry entry = new NearEntry("entry", 8, .9, TextFeatures.of("text"));
		assertThat(this.groups.current(List.of(entry))).singleElement()
			.satisfies((current) -> assertThat(current.group()).isEqualTo(3));
	}

	@Test
	void leavesOutWhatIsOutdated() {
		NearEntry entry = new NearEntry("entry", 3, .9, TextFeatures.of("text"));
		this.groups.judged(3, false, .98);
		assertThat(this.groups.current(List.of(entry))).containsExactly(entry);
		this.groups.judged(3, false, .98);
		assertThat(this.groups.current(List.of(entry))).isEmpty();
	}

	@Test
	void keepsGroupsApartThatAnswersTellApart() {
		compare(false, .2, 20);
		compare(true, .2, 3);
		assertThat(this.groups.resolve(8)).isEqualTo(8);
	}

	@Test
	void noticesAnAnswerThatChanged() {
		assertThat(this.groups.judged(3, false, .98)).isFalse();
		assertThat(this.groups.changeOdds(3)).isGreaterThan(.05);
		assertThat(this.groups.judged(3, false, .98)).isTrue();
		assertThat(this.groups.isOutdated(3)).isTrue();
		assertThat(this.groups.judged(3, false, .98)).as("told once").isFalse();
	}

	@Test
	void forgivesAnError() {
		this.groups.judged(3, false, .98);
		this.groups.judged(3, true, .98);
		assertThat(this.groups.judged(3, false, .98)).isFalse();
	}

	@Test
	void growsDoubtfulWithHitsThatNobodyChecked() {
		double before = this.groups.changeOdds(3);
		this.groups.served(3);
		assertThat(this.groups.servedSinceCheck(3)).isOne();
		assertThat(this.groups.changeOdds(3)).isGreaterThan(before);
		this.groups.judged(3, true, .98);
		assertThat(this.groups.servedSinceCheck(3)).isZero();
	}

	private void compare(boolean both, double noise, int times) {
		for (int i = 0; i < times; i++) {
			this.groups.compared(8, 3, both, noise, Estimate.MISTAKEN);
		}
	}

}
