package io.github.costwise.cache.learning;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.AnswerJudge;

/**
 * Compares answers in the background: first by an {@link AnswerComparison}, and where
 * that finds a difference by an {@link AnswerJudge}, within its budget. Where the judge
 * is not asked or throws, the answers count as different. Comparing and asking have one
 * thread and one bounded queue each, so that a slow judge holds up no comparison.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetedJudge implements AutoCloseable {

	private final AnswerComparison comparison;

	private final @Nullable AnswerJudge judge;

	private final RateWindow hour;

	private final RateWindow day;

	private final Clock clock;

	private final Faults faults;

	private final ThreadPoolExecutor comparing;

	private final ThreadPoolExecutor asking;

	private final LongAdder compared = new LongAdder();

	private final LongAdder asked = new LongAdder();

	private final LongAdder overBudget = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder dropped = new LongAdder();

	/**
	 * Creates a judge.
	 * @param comparison compares every pair of answers
	 * @param judge asked where the comparison finds a difference, or {@code null} for the
	 * comparison alone
	 * @param budget how often it is asked
	 * @param clock the time
	 * @param background runs the judge, and reports what it throws
	 */
	public BudgetedJudge(AnswerComparison comparison, @Nullable AnswerJudge judge, JudgeBudget budget, Clock clock,
			Background background) {
		this.comparison = comparison;
		this.judge = judge;
		this.hour = new RateWindow(budget.perHour(), Duration.ofHours(1));
		this.day = new RateWindow(budget.perDay(), Duration.ofHours(24));
		this.clock = clock;
		this.faults = background.faults();
		this.comparing = background.team("compare", Faults.Kind.JUDGE).pool(1, budget.queue());
		this.asking = background.team("judge", Faults.Kind.JUDGE).pool(1, budget.queue());
	}

	/**
	 * Judges two answers. Returns at once.
	 * @param question the question, as the later of the two requests asked it
	 * @param one an answer
	 * @param other the other answer
	 * @return whether either may be given in place of the other; cancelled when there was
	 * no room to compare them, which says nothing about the answers; never failed
	 */
	public CompletableFuture<Boolean> judge(String question, String one, String other) {
		Judgement judgement = new Judgement(question, one, other);
		if (!enqueue(this.comparing, judgement, this::compare)) {
			this.dropped.increment();
			judgement.verdict().cancel(false);
		}
		return judgement.verdict();
	}

	private static boolean enqueue(ThreadPoolExecutor executor, Judgement judgement, Consumer<Judgement> action) {
		try {
			executor.execute(new Judgement.JudgementStep(judgement, action));
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private void compare(Judgement judgement) {
		this.compared.increment();
		boolean same = false;
		boolean pending = false;
		try {
			same = this.comparison.same(judgement.one(), judgement.other());
			pending = !same && enqueueForJudge(judgement);
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.JUDGE, ex);
		}
		finally {
			if (!pending) {
				judgement.verdict().complete(same);
			}
		}
	}

	private boolean enqueueForJudge(Judgement judgement) {
		AnswerJudge wanted = this.judge;
		if (wanted == null) {
			return false;
		}
		boolean room = enqueue(this.asking, judgement, (next) -> ask(wanted, next));
		if (!room) {
			this.overBudget.increment();
		}
		return room;
	}

	private void ask(AnswerJudge wanted, Judgement judgement) {
		boolean same = false;
		try {
			if (takeFromBudget()) {
				this.asked.increment();
				same = wanted.same(judgement.question(), judgement.one(), judgement.other());
			}
			else {
				this.overBudget.increment();
			}
		}
		catch (Throwable ex) {
			this.failed.increment();
			this.faults.report(Faults.Kind.JUDGE, ex);
		}
		finally {
			judgement.verdict().complete(same);
		}
	}

	/** Only the one thread that asks comes here. */
	private boolean takeFromBudget() {
		Instant now = this.clock.instant();
		if (!this.hour.hasRoom(now) || !this.day.hasRoom(now)) {
			return false;
		}
		this.hour.pass(now);
		this.day.pass(now);
		return true;
	}

	/**
	 * Returns what became of the judgements.
	 * @return counts since start
	 */
	public JudgeStats stats() {
		return new JudgeStats(this.compared.sum(), this.asked.sum(), this.overBudget.sum(), this.failed.sum(),
				this.dropped.sum());
	}

	/** Ends both threads and cancels what waits for them. */
	@Override
	public void close() {
		cancel(this.comparing);
		cancel(this.asking);
	}

	private static void cancel(ThreadPoolExecutor executor) {
		for (Runnable waiting : executor.shutdownNow()) {
			((Judgement.JudgementStep) waiting).judgement().verdict().cancel(false);
		}
	}

}
