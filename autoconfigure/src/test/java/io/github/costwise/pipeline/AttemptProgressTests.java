package io.github.costwise.pipeline;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AttemptProgress}.
 */
@Tag("unit")
class AttemptProgressTests {

	private final AttemptProgress plain = new AttemptProgress(false, 0);

	private final AttemptProgress open = new AttemptProgress(true, 0);

	@Test
	void nothingIsPassedOnBeforeThereIsSomethingToShow() {
		assertThat(this.plain.see(ChunkKind.METADATA, 1)).isEqualTo(ChunkStep.HOLD);
		assertThat(this.plain.see(ChunkKind.EMPTY, 1)).isEqualTo(ChunkStep.HOLD);
		assertThat(this.plain.isBound()).isFalse();
		assertThat(this.plain.see(ChunkKind.CONTENT, 1)).isEqualTo(ChunkStep.PASS_HELD);
		assertThat(this.plain.isBound()).isTrue();
		assertThat(this.plain.see(ChunkKind.METADATA, 1)).isEqualTo(ChunkStep.PASS);
	}

	@Test
	void thoughtIsPassedOnAndBindsTheAttempt() {
		assertThat(this.plain.see(ChunkKind.EMPTY, 1)).isEqualTo(ChunkStep.HOLD);
		assertThat(this.plain.see(ChunkKind.THOUGHT, 1)).isEqualTo(ChunkStep.PASS_HELD);
		assertThat(this.plain.isBound()).isTrue();
		assertThat(this.plain.see(ChunkKind.SIGNED_THOUGHT, 1)).isEqualTo(ChunkStep.PASS_HELD);
		assertThat(this.plain.see(ChunkKind.METADATA, 1)).isEqualTo(ChunkStep.PASS);
		assertThat(this.plain.expire()).isFalse();
	}

	@Test
	void thoughtDoesNotBindWhereThePolicySaysSoAndItsSignatureWaits() {
		assertThat(this.open.see(ChunkKind.THOUGHT, 1)).isEqualTo(ChunkStep.PASS);
		assertThat(this.open.see(ChunkKind.SIGNED_THOUGHT, 1)).isEqualTo(ChunkStep.HOLD);
		assertThat(this.open.see(ChunkKind.METADATA, 1)).isEqualTo(ChunkStep.HOLD);
		assertThat(this.open.isBound()).isFalse();
		assertThat(this.open.hasThought()).isTrue();
		assertThat(this.open.see(ChunkKind.CONTENT, 1)).isEqualTo(ChunkStep.PASS_HELD);
		assertThat(this.open.isBound()).isTrue();
		assertThat(this.open.see(ChunkKind.SIGNED_THOUGHT, 1)).isEqualTo(ChunkStep.PASS);
	}

	@Test
	void signatureAloneShowsNothing() {
		this.open.see(ChunkKind.SIGNED_THOUGHT, 1);
		assertThat(this.open.hasThought()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void hiddenThoughtKeepsTheAttemptAliveAndDoesNotBindIt(boolean afterThoughts) {
		AttemptProgress progress = new AttemptProgress(afterThoughts, 0);
		assertThat(progress.see(ChunkKind.HIDDEN_THOUGHT, 50)).isEqualTo(ChunkStep.HOLD);
		assertThat(progress.leftNanos(100, 60)).isEqualTo(90);
		assertThat(progress.isBound()).isFalse();
		assertThat(progress.hasThought()).isFalse();
		assertThat(progress.see(ChunkKind.CONTENT, 60)).isEqualTo(ChunkStep.PASS_HELD);
		assertThat(progress.see(ChunkKind.HIDDEN_THOUGHT, 70)).isEqualTo(ChunkStep.PASS);
	}

	@Test
	void signatureFollowsTheThoughtThatBinds() {
		this.plain.see(ChunkKind.THOUGHT, 1);
		this.open.see(ChunkKind.THOUGHT, 1);
		assertThat(this.plain.see(ChunkKind.HIDDEN_THOUGHT, 2)).isEqualTo(ChunkStep.PASS);
		assertThat(this.open.see(ChunkKind.HIDDEN_THOUGHT, 2)).isEqualTo(ChunkStep.HOLD);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void silentAttemptIsGivenUpAndPassesNothingOnLater(boolean afterThoughts) {
		AttemptProgress silent = new AttemptProgress(afterThoughts, 0);
		silent.see(ChunkKind.EMPTY, 1);
		assertThat(silent.expire()).isTrue();
		for (ChunkKind late : ChunkKind.values()) {
			assertThat(silent.see(late, 2)).isEqualTo(ChunkStep.HOLD);
		}
		assertThat(silent.isBound()).isFalse();
	}

	@Test
	void attemptThatThoughtIsGivenUpOnlyWhereAnotherMayTakeOver() {
		this.open.see(ChunkKind.THOUGHT, 1);
		this.plain.see(ChunkKind.THOUGHT, 1);
		assertThat(this.open.expire()).isTrue();
		assertThat(this.plain.expire()).isFalse();
		assertThat(this.open.hasThought()).isTrue();
	}

	@Test
	void attemptThatAnswersIsNeverGivenUp() {
		this.open.see(ChunkKind.CONTENT, 1);
		assertThat(this.open.expire()).isFalse();
	}

	@Test
	void thoughtsGiveTheAttemptItsTimeAgain() {
		assertThat(this.open.leftNanos(100, 40)).isEqualTo(60);
		this.open.see(ChunkKind.THOUGHT, 50);
		assertThat(this.open.leftNanos(100, 60)).isEqualTo(90);
		this.open.see(ChunkKind.SIGNED_THOUGHT, 100);
		assertThat(this.open.leftNanos(100, 150)).isEqualTo(50);
		assertThat(this.open.leftNanos(100, 500)).isZero();
	}

	/** The first delta names the role; later ones are thoughts that the client drops. */
	@Test
	void emptyDeltasAfterTheFirstAreSignsOfLifeAndMetadataIsNot() {
		this.plain.see(ChunkKind.EMPTY, 50);
		assertThat(this.plain.leftNanos(100, 60)).isEqualTo(40);
		this.plain.see(ChunkKind.EMPTY, 60);
		assertThat(this.plain.leftNanos(100, 60)).isEqualTo(100);
		this.plain.see(ChunkKind.METADATA, 90);
		assertThat(this.plain.leftNanos(100, 90)).isEqualTo(70);
	}

}
