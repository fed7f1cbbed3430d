package io.github.costwise.cache.learning;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.background.Background;
import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.TestClock;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.AnswerJudge;
import io.github.costwise.spi.TextEncodingException;
import io.github.costwise.testsupport.Eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link BudgetedJudge}.
 */
@Tag("unit")
class BudgetedJudgeTests {

	private static final String LONG = "This is one of the answers that are too long to be compared by words alone: ";

	private final TestClock clock = new TestClock(CacheEntries.NOW);

	private final Faults faults = new Faults();

	private final AtomicInteger asked = new AtomicInteger();

	private AnswerComparison comparison = new AnswerComparison(null);

	private @Nullable BudgetedJudge judge;

	@AfterEach
	void close() {
		if (this.judge != null) {
			this.judge.close();
		}
	}

	@Test
	void whatIsPlainlyTheSameIsNotAsked() throws Exception {
		BudgetedJudge judge = judge(this::agree, JudgeBudget.defaults());
		assertThat(get(judge.judge("q", "Paris", "paris."))).isTrue();
		assertThat(judge.stats()).isEqualTo(new JudgeStats(1, 0, 0, 0, 0));
	}

	@Test
	void judgeDecidesWhatTheComparisonCannot() throws Exception {
		BudgetedJudge judge = judge((question, one, other) -> question.equals("q") && one.equals("It's Paris, France"),
				JudgeBudget.defaults());
		assertThat(get(judge.judge("q", "It's Paris, France", "Paris"))).isTrue();
		assertThat(get(judge.judge("q", "London", "Paris"))).isFalse();
		assertThat(judge.stats()).isEqualTo(new JudgeStats(2, 2, 0, 0, 0));
	}

	@Test
	void withoutJudgeTheComparisonDecides() throws Exception {
		BudgetedJudge judge = judge(null, JudgeBudget.defaults());
		assertThat(get(judge.judge("q", "London", "Paris"))).isFalse();
		assertThat(get(judge.judge("q", "Paris", "Paris"))).isTrue();
	}

	@Test
	void judgeIsAskedNoMoreThanTheHourAllows() throws Exception {
		BudgetedJudge judge = judge(this::agree, new JudgeBudget(2, 100, 10));
		assertThat(get(judge.judge("q", "a1", "b1"))).isTrue();
		this.clock.advance(Duration.ofMinutes(30));
		assertThat(get(judge.judge("q", "a1", "b1"))).isTrue();
		assertThat(get(judge.judge("q", "a1", "b1"))).isFalse();
		this.clock.advance(Duration.ofMinutes(30));
		assertThat(get(judge.judge("q", "a1", "b1"))).isTrue();
		assertThat(get(judge.judge("q", "a1", "b1"))).isFalse();
		assertThat(judge.stats()).isEqualTo(new JudgeStats(5, 3, 2, 0, 0));
	}

	@Test
	void judgeIsAskedNoMoreThanTheDayAllows() throws Exception {
		BudgetedJudge judge = judge(this::agree, new JudgeBudget(100, 2, 10));
		for (int hour = 0; hour < 24; hour++) {
			get(judge.judge("q", "a1", "b1"));
			this.clock.advance(Duration.ofHours(1));
		}
		assertThat(this.asked).hasValue(2);
		assertThat(get(judge.judge("q", "a1", "b1"))).isTrue();
	}

	@Test
	void judgeThatThrowsIsCountedAndTheAnswersAreDifferent() throws Exception {
		BudgetedJudge judge = judge((question, one, other) -> {
			throw new IllegalStateException("no model");
		}, JudgeBudget.defaults());
		assertThat(get(judge.judge("q", "a1", "b1"))).isFalse();
		assertThat(judge.stats().failed()).isOne();
		assertThat(this.faults.count(Faults.Kind.JUDGE)).isOne();
	}

	@Test
	void anErrorOfTheJudgeEndsOneComparisonOnly() throws Exception {
		BudgetedJudge judge = judge((question, one, other) -> {
			if (this.asked.incrementAndGet() == 1) {
				throw new StackOverflowError();
			}
			return true;
		}, JudgeBudget.defaults());
		assertThat(get(judge.judge("q", "a1", "b1"))).isFalse();
		assertThat(get(judge.judge("q", "a1", "b1"))).isTrue();
		assertThat(judge.stats().failed()).isOne();
		assertThat(this.faults.count(Faults.Kind.JUDGE)).isOne();
	}

	@Test
	void anErrorOfTheComparisonIsCountedAndTheAnswersAreDifferent() throws Exception {
		this.comparison = new AnswerComparison(new WordBagEncoder() {
			@Override
			public float[] encode(String text) {
				throw new StackOverflowError();
			}
		});
		BudgetedJudge judge = judge(this::agree, JudgeBudget.defaults());
		assertThat(get(judge.judge("q", LONG + "red green blue orange", LONG + "one word other things"))).isFalse();
		assertThat(get(judge.judge("q", "a", "a"))).isTrue();
		assertThat(this.faults.count(Faults.Kind.JUDGE)).isOne();
	}

	@Test
	void encoderThatThrowsIsCountedAndTheAnswersAreDifferent() throws Exception {
		this.comparison = new AnswerComparison(new WordBagEncoder() {
			@Override
			public float[] encode(String text) {
				throw new TextEncodingException("no encoder", null);
			}
		});
		BudgetedJudge judge = judge(this::agree, JudgeBudget.defaults());
		assertThat(get(judge.judge("q", LONG + "red green blue orange", LONG + "one word other things"))).isFalse();
		assertThat(this.faults.count(Faults.Kind.JUDGE)).isOne();
	}

	@Test
	void slowJudgeHoldsUpNoComparison() throws Exception {
		CountDownLatch asking = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		BudgetedJudge judge = judge((question, one, other) -> {
			asking.countDown();
			return await(answer);
		}, new JudgeBudget(100, 100, 1));
		CompletableFuture<Boolean> first = judge.judge("q", "a1", "b1");
		asking.await();
		CompletableFuture<Boolean> second = judge.judge("q", "a2", "b2");
		awaitCompared(judge, 2);
		assertThat(get(judge.judge("q", "a3", "b3"))).isFalse();
		assertThat(get(judge.judge("q", "Paris", "paris"))).isTrue();
		assertThat(first).isNotDone();
		answer.countDown();
		assertThat(get(first)).isTrue();
		assertThat(get(second)).isTrue();
		assertThat(judge.stats()).isEqualTo(new JudgeStats(4, 2, 1, 0, 0));
	}

	@Test
	void whatFindsNoRoomIsDroppedAndWhatWaitsIsCancelledAtTheEnd() throws Exception {
		CountDownLatch comparing = new CountDownLatch(1);
		CountDownLatch proceed = new CountDownLatch(1);
		this.comparison = new AnswerComparison(new WordBagEncoder() {
			@Override
			public float[] encode(String text) {
				comparing.countDown();
				await(proceed);
				return super.encode(text);
			}
		});
		BudgetedJudge judge = judge(null, new JudgeBudget(0, 0, 1));
		CompletableFuture<Boolean> first = judge.judge("q", LONG + "red green blue orange",
				LONG + "one word other things");
		comparing.await();
		CompletableFuture<Boolean> second = judge.judge("q", "a", "a");
		assertThat(judge.judge("q", "a", "a")).isCancelled();
		assertThat(judge.stats().dropped()).isOne();
		judge.close();
		assertThat(second).isCancelled();
		proceed.countDown();
		assertThat(get(first)).isTrue();
		assertThat(judge.judge("q", "a", "a")).isCancelled();
	}

	@Test
	void wrongBudgetsAreRefused() {
		for (Runnable wrong : List.<Runnable>of(() -> new JudgeBudget(-1, 0, 1), () -> new JudgeBudget(0, -1, 1),
				() -> new JudgeBudget(0, 0, 0))) {
			assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(wrong::run)
				.withMessageContaining("costwise.cache.judge.");
		}
	}

	private boolean agree(String question, String one, String other) {
		this.asked.incrementAndGet();
		return true;
	}

	private BudgetedJudge judge(@Nullable AnswerJudge asked, JudgeBudget budget) {
		this.judge = new BudgetedJudge(this.comparison, asked, budget, this.clock, new Background(this.faults));
		return this.judge;
	}

	private static boolean get(CompletableFuture<Boolean> verdict) throws Exception {
		return verdict.get(20, TimeUnit.SECONDS);
	}

	/** A later comparison ends only after those before it have ended. */
	private static void awaitCompared(BudgetedJudge judge, int count) {
		Eventually.holds(() -> judge.stats().compared() >= count);
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

}
