package io.github.costwise.cache.response;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;

import io.github.costwise.Tier;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.Requests;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.response.PolicyCounters.ShadowOutcome;
import io.github.costwise.cache.verify.VerifierProfile;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheVector;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.Eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a turn is notified of answers to similar questions.
 */
@Tag("unit")
class CacheTurnSimilarTests {

	private static final CacheStep ASK = CacheStep.AskModel.INSTANCE;

	private static final CacheStoreException DOWN = new CacheStoreException(StoreReason.UNAVAILABLE, "no route", null);

	private static final String PENGUINS = "How do penguins sleep in winter?";

	private static final String PENGUIN = "How do penguins sleep in winters?";

	/** Serves whatever is similar enough. */
	private static final CachePolicy POLICY = policy(VerifierProfile.fixed(.9), 0);

	private final Letters letters = new Letters();

	private final CacheBench bench = CacheBench.semantic(this.letters);

	@AfterEach
	void close() {
		this.bench.close();
	}

	private static CachePolicy policy(VerifierProfile profile, double repeats) {
		return CacheBench.similar(new SemanticRules(profile, .01, repeats));
	}

	/** The encoder is asked for its name beside the first turn. */
	private void start() {
		this.bench.turn(CacheBench.request("first"), POLICY).unanswered();
		this.bench.tasks().doAll();
	}

	private CacheTurn stored(String question, String answer) {
		start();
		return this.bench.stored(request(question, "stored"), POLICY, answer);
	}

	private static CacheRequest request(String question, String turn) {
		return CacheBench.asking(question).build().again(turn);
	}

	private CacheStep ask(CacheRequest request) {
		return this.bench.turn(request, POLICY).next();
	}

	private CacheStep ask(String question) {
		return ask(request(question, "asking"));
	}

	private void assertMissed(Supplier<CacheStep> asking, Miss miss) {
		long before = this.bench.counters().misses(miss);
		assertThat(asking.get()).isEqualTo(ASK);
		assertThat(this.bench.counters().misses(miss)).isEqualTo(before + 1);
	}

	/**
	 * Answers are compared on a thread of its own, and what follows is left to the test.
	 */
	private void awaitCompared(BooleanSupplier done) {
		Eventually.holds(() -> {
			this.bench.tasks().doAll();
			return done.getAsBoolean();
		});
	}

	@Test
	void similarQuestionIsServedUntilTheAnswerEnds() {
		CacheTurn stored = stored(PENGUINS, "Standing.");
		assertThat(stored.hit()).isNull();
		this.bench.time.advance(Duration.ofMinutes(1));
		assertThat(ask(PENGUIN)).isInstanceOfSatisfying(CacheStep.ServeHit.class, (served) -> {
			CacheHit hit = served.hit();
			assertThat(hit.kind()).isEqualTo(CacheHit.HitKind.SEMANTIC);
			assertThat(hit.answer().text()).isEqualTo("Standing.");
			assertThat(hit.similarity()).isBetween(.9, 1.).isEqualTo(hit.probability());
			assertThat(hit.age()).isEqualTo(Duration.ofMinutes(1));
			assertThat(hit.id()).startsWith(hit.entryId()).endsWith(".asking");
		});
		assertThat(this.bench.cache.exact().flights().size()).isZero();
		this.bench.time.advance(CacheBench.TTL);
		assertMissed(() -> ask(PENGUIN), Miss.NO_CANDIDATE);
	}

	@Test
	void equalQuestionNeedsNoEncoder() {
		stored(PENGUINS, "Standing.");
		this.letters.failure = new IllegalStateException("no model");
		assertThat(ask(PENGUINS)).isInstanceOfSatisfying(CacheStep.ServeHit.class,
				(served) -> assertThat(served.hit().kind()).isEqualTo(CacheHit.HitKind.EXACT));
	}

	@Test
	void questionsAreComparedOnceTheEncoderHasStarted() {
		CacheTurn early = this.bench.turn(request(PENGUINS, "early"), POLICY);
		assertMissed(early::next, Miss.ENCODER);
		assertThat(this.bench.faults.count(Faults.Kind.ENCODER)).isZero();
		early.answered(CacheBench.answer("Standing."));
		this.bench.tasks().doAll();
		assertThat(ask(PENGUINS)).as("what was stored without an encoder is apart").isEqualTo(ASK);
		assertThat(this.bench.counters().misses(Miss.NO_CANDIDATE) + this.bench.counters().misses(Miss.DOUBT)).isOne();
	}

	@Test
	void encoderThatCannotStartIsAskedAgainAfterAMinute() {
		this.letters.failure = new IllegalStateException("no file");
		start();
		this.letters.failure = null;
		assertMissed(() -> ask(PENGUINS), Miss.ENCODER);
		this.bench.time.advance(Duration.ofMinutes(1));
		this.bench.tasks().doAll();
		start();
		stored("What is a heap of sand?", "Sand.");
		assertThat(this.bench.cache.semantic()).isNotNull();
		assertThat(this.bench.cache.semantic().encoderId()).isEqualTo("letters");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void encoderThatFailsLeavesEqualQuestions(boolean error) {
		start();
		this.letters.error = error ? new NoClassDefFoundError("onnx") : null;
		this.letters.failure = new IllegalStateException("no model");
		CacheTurn turn = this.bench.turn(request(PENGUINS, "one"), POLICY);
		assertMissed(turn::next, Miss.ENCODER);
		assertThat(turn.isBypassed()).isFalse();
		assertThat(this.bench.faults.count(Faults.Kind.ENCODER)).isOne();
		turn.answered(CacheBench.answer("Standing."));
		this.bench.tasks().doAll();
		assertThat(ask(PENGUINS)).isInstanceOf(CacheStep.ServeHit.class);
	}

	@Test
	void storeThatFindsNoNeighboursLeavesEqualQuestions() {
		stored(PENGUINS, "Standing.");
		this.bench.store.nearestFailure = DOWN;
		assertMissed(() -> ask(PENGUIN), Miss.STORE);
		assertThat(this.bench.faulty()).isOne();
		assertThat(ask(PENGUINS)).isInstanceOf(CacheStep.ServeHit.class);
	}

	@Test
	void questionsThatAreNotAlikeAskWithTheReason() {
		stored(PENGUINS, "Standing.");
		assertMissed(() -> ask("What is the speed of light?"), Miss.DOUBT);
		assertMissed(() -> ask("a b ".repeat(260)), Miss.LONG);
		assertMissed(() -> ask("Как спят пингвины зимой?"), Miss.LANGUAGE);
		Requests following = CacheBench.asking(PENGUIN)
			.messages(new UserMessage("Penguins?"), new AssistantMessage("Yes."), new UserMessage("What about it?"));
		assertMissed(() -> ask(following.build().again("following")), Miss.FOLLOW_UP);
		assertMissed(() -> ask(CacheBench.asking(PENGUIN).policy("default").attribution("desk", null, null).build()),
				Miss.UNATTRIBUTED);
	}

	@Test
	void neighbourOfALowerTierIsNoCandidate() {
		stored(PENGUINS, "Standing.");
		assertMissed(() -> ask(CacheBench.of(request(PENGUIN, "better"), Tier.PREMIUM)), Miss.NO_CANDIDATE);
	}

	@Test
	void equalQuestionOfALowerTierIsAMissForItsTier() {
		stored(PENGUINS, "Standing.");
		assertMissed(() -> ask(CacheBench.of(request(PENGUINS, "better"), Tier.PREMIUM)), Miss.TIER);
	}

	@Test
	void neighbourThatLacksWhatAStreamHasIsNotServed() {
		stored(PENGUINS, "Standing.");
		assertMissed(() -> ask(CacheBench.streamed(request(PENGUIN, "streamed"))), Miss.MODE);
	}

	@Test
	void neighbourThatIsBeingRemovedIsNotServed() {
		stored(PENGUINS, "Standing.");
		this.bench.store.failure = DOWN;
		assertThatExceptionOfType(EvictionIncompleteException.class)
			.isThrownBy(() -> this.bench.cache.evict(CacheEviction.all()));
		this.bench.store.failure = null;
		assertMissed(() -> ask(PENGUIN), Miss.NO_CANDIDATE);
	}

	@Test
	void verifierThatHasLearntNothingServesNothing() {
		stored(PENGUINS, "Standing.");
		CacheTurn cold = this.bench.turn(request("How do penguins sleep in the winter?", "cold"),
				policy(VerifierProfile.DEFAULT, 0));
		assertThat(cold.next()).isEqualTo(ASK);
		CacheTurn veto = this.bench.turn(request("How do 2 penguins sleep in winter?", "veto"),
				policy(VerifierProfile.DEFAULT, 0));
		assertThat(veto.next()).isEqualTo(ASK);
		assertThat(List.of(this.bench.counters().misses(Miss.COLD), this.bench.counters().misses(Miss.VETO)))
			.containsExactly(1L, 1L);
	}

	@Test
	void someEqualQuestionsAreAskedAgain() {
		stored(PENGUINS, "Standing.");
		CachePolicy policy = policy(VerifierProfile.fixed(.9), .1);
		CacheTurn turn = this.bench.turn(request(PENGUINS, "some"), policy);
		int hits = 0;
		while (turn.next() instanceof CacheStep.ServeHit) {
			hits++;
			turn = this.bench.turn(request(PENGUINS, "some"), policy);
			assertThat(hits).isLessThan(1_000);
		}
		assertThat(this.bench.counters().misses(Miss.REPEAT)).isOne();
		assertThat(this.bench.cache.exact().flights().size()).as("who repeats leads nobody").isZero();
		turn.answered(CacheBench.answer("Standing."));
		assertThat(this.bench.tasks().doAll()).isPositive();
		assertThat(this.bench.store.puts.get(1).vector()).isEqualTo(this.bench.store.puts.get(0).vector());
		SemanticTier tier = this.bench.cache.semantic();
		awaitCompared(() -> tier != null && tier.judging().compared() == 1);
		assertThat(this.bench.counters().storedAnswers()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void observingTellsWhetherWhatItWouldServeIsRight(boolean right) {
		start();
		CachePolicy observing = POLICY.with(CacheMode.OBSERVE);
		this.bench.stored(request(PENGUINS, "one"), observing, "They sleep while standing.");
		assertThat(this.bench.store.asked).as("nobody else is given it").isZero();
		CacheTurn equal = this.bench.turn(request(PENGUINS, "equal"), observing);
		assertThat(equal.next()).isEqualTo(ASK);
		equal.unanswered();
		CacheTurn similar = this.bench.turn(request(PENGUIN, "similar"), observing);
		assertThat(similar.next()).isEqualTo(ASK);
		similar.answered(CacheBench.answer(right ? "They sleep while standing." : "On the ice, 7 hours a day."));
		PolicyCounters counters = this.bench.counters();
		awaitCompared(() -> counters.shadow(ShadowOutcome.RIGHT) + counters.shadow(ShadowOutcome.WRONG) > 0);
		assertThat(List.of(counters.shadow(ShadowOutcome.EXACT_HIT), counters.shadow(ShadowOutcome.SEMANTIC_HIT),
				counters.shadow(ShadowOutcome.RIGHT), counters.shadow(ShadowOutcome.WRONG)))
			.containsExactly(1L, 1L, right ? 1L : 0L, right ? 0L : 1L);
		assertThat(counters.hits(CacheHit.HitKind.SEMANTIC) + counters.misses(Miss.NEW)).isZero();
		assertThat(ask(PENGUINS)).isEqualTo(ASK);
	}

	@Test
	void answerThatEqualsItsNeighboursJoinsTheirGroup() {
		stored(PENGUINS, "They sleep while standing.");
		CacheTurn other = this.bench.turn(request("How do the penguins sleep in winters?", "other"),
				policy(VerifierProfile.fixed(.99), 0));
		assertThat(other.next()).isEqualTo(ASK);
		other.answered(CacheBench.answer("They sleep while standing."));
		awaitCompared(() -> this.bench.store.puts.size() == 3);
		assertThat(this.bench.store.puts.get(1).group()).isNotEqualTo(this.bench.store.puts.get(0).group());
		assertThat(this.bench.store.puts.get(2).group()).isEqualTo(this.bench.store.puts.get(0).group());
		assertThat(this.bench.store.puts.get(2).id()).isEqualTo(this.bench.store.puts.get(1).id());
	}

	@Test
	void tenantsShareNoSimilarQuestions() {
		stored(PENGUINS, "Standing.");
		CacheRequest elsewhere = CacheBench.asking(PENGUIN).attribution("desk", "umbrella", "ann").build();
		assertMissed(() -> ask(elsewhere), Miss.NO_CANDIDATE);
	}

	/** Counts pairs of letters, and fails where a test wants it. */
	private static final class Letters implements TextEncoder {

		private @Nullable RuntimeException failure;

		private @Nullable Error error;

		private void ready() {
			if (this.error != null) {
				throw this.error;
			}
			if (this.failure != null) {
				throw this.failure;
			}
		}

		@Override
		public float[] encode(String text) {
			ready();
			float[] vector = new float[dimensions()];
			for (int i = 1; i < text.length(); i++) {
				vector[Math.floorMod(31 * text.charAt(i - 1) + text.charAt(i), vector.length)]++;
			}
			return CacheVector.unit(vector);
		}

		@Override
		public int dimensions() {
			return 256;
		}

		@Override
		public String id() {
			ready();
			return "letters";
		}

	}

}
