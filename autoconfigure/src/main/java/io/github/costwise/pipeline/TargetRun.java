package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostStop;
import io.github.costwise.TargetsFailedException;
import io.github.costwise.TurnDeadlineException;
import io.github.costwise.UnusableAnswerException;
import io.github.costwise.answer.AnswerVerdict;
import io.github.costwise.fallback.FallbackChain;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.fallback.FallbackStep;
import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.model.RouteTarget;

/**
 * The targets that one question goes to, one after another: each attempt must end as
 * succeeded, failed or cancelled. Signals come one after another, but it may be cancelled
 * by any thread at any time; not thread-safe otherwise.
 */
final class TargetRun {

	private final Fallbacks fallbacks;

	private final CostTurn turn;

	private final List<RouteTarget> targets;

	private final FallbackChain chain;

	private final FallbackPolicy policy;

	private final List<FailedAttempt> failed = new ArrayList<>(1);

	private volatile RouteTarget current;

	private long startNanos;

	private final AtomicBoolean running = new AtomicBoolean(true);

	private volatile boolean cancelled;

	private FallbackStep.@Nullable Cause stopped;

	private @Nullable RuntimeException unsent;

	TargetRun(Fallbacks fallbacks, CostTurn turn, List<RouteTarget> targets, FallbackChain chain) {
		this.fallbacks = fallbacks;
		this.turn = turn;
		this.targets = targets;
		this.chain = chain;
		this.policy = Fallbacks.POLICY.of(turn.policy());
		this.startNanos = fallbacks.time().nanos();
		this.current = target(chain.first());
		if (this.current != targets.get(0)) {
			fallbacks.router().fellBack(turn, targets.get(0), this.current, "unavailable");
		}
	}

	private RouteTarget target(FallbackStep.TryTarget attempt) {
		return this.targets.stream()
			.filter((target) -> target.name().equals(attempt.target().name()))
			.findFirst()
			.orElseThrow();
	}

	/** The target of the attempt that is due or in flight. */
	RouteTarget current() {
		return this.current;
	}

	/** Whether no attempt has failed yet. */
	boolean isFirst() {
		return this.failed.isEmpty();
	}

	/**
	 * How long an attempt may take, and be silent before the content of a stream, or
	 * {@code null} for no such limit.
	 */
	@Nullable Duration attemptTimeout() {
		return this.policy.attemptTimeout();
	}

	/**
	 * Refuses an attempt for which there is no time any more.
	 * @throws TurnDeadlineException if the deadline of the turn has passed
	 */
	void requireTime() {
		Duration left = turnLeft();
		if (left != null && left.isZero()) {
			TurnDeadlineException late = late();
			this.unsent = late;
			throw late;
		}
	}

	/** How long the turn may still take, or {@code null} for no limit. */
	@Nullable Duration turnLeft() {
		Duration deadline = this.policy.deadline();
		if (deadline == null) {
			return null;
		}
		Duration left = deadline.minusNanos(this.turn.elapsedNanos());
		return left.isNegative() ? Duration.ZERO : left;
	}

	/** The exception of an attempt whose time is up. */
	TurnDeadlineException late() {
		Duration left = turnLeft();
		boolean turnIsLate = left != null && left.isZero();
		return new TurnDeadlineException(
				(turnIsLate ? "The turn" : this.current.name()) + " gave no answer in time: " + (turnIsLate
						? "deadline " + this.policy.deadline() : "attempt time-out " + this.policy.attemptTimeout()));
	}

	private void succeeded() {
		if (ends()) {
			this.fallbacks.health().succeeded(this.current.name(), elapsed());
		}
	}

	/** Whether another target may take over once a thought was passed on. */
	boolean afterThoughts() {
		return this.policy.afterThoughts();
	}

	/**
	 * Records an answer that arrived.
	 * @param verdict what it is worth
	 * @return how long to wait before the next attempt, or {@code null} when there is
	 * none: the caller then gets this answer
	 */
	@Nullable Duration answered(AnswerVerdict verdict) {
		if (!verdict.isUseless()) {
			succeeded();
			return null;
		}
		FailureKind kind = (verdict == AnswerVerdict.WITHHELD) ? FailureKind.CONTENT_POLICY
				: FailureKind.MALFORMED_ANSWER;
		return failed(Failure.of(kind),
				new UnusableAnswerException(this.current.name() + ((verdict == AnswerVerdict.WITHHELD)
						? " withheld its answer" : " answered with neither content nor a call of a tool")));
	}

	/**
	 * Returns what the caller gets instead of an answer that holds nothing, when nobody
	 * else is left to ask.
	 * @param verdict what the answer is worth
	 * @return the failure of all attempts, or {@code null} when the caller gets the
	 * answer as it is, since no attempt ended otherwise
	 */
	@Nullable RuntimeException unanswered(AnswerVerdict verdict) {
		boolean failed = this.failed.stream()
			.anyMatch((attempt) -> !(attempt.error() instanceof UnusableAnswerException));
		return (failed && verdict == AnswerVerdict.MALFORMED) ? FailedAttempt.all(this.failed, this.stopped) : null;
	}

	/**
	 * Records an answer that arrived and is given whatever it is worth, since the caller
	 * has seen the beginning of it.
	 * @param verdict what it is worth
	 */
	void given(AnswerVerdict verdict) {
		if (verdict != AnswerVerdict.MALFORMED) {
			succeeded();
		}
		else if (ends()) {
			this.fallbacks.health().failed(this.current.name(), Failure.of(FailureKind.MALFORMED_ANSWER), elapsed());
		}
	}

	/**
	 * Whether the attempt that failed last was not sent, since a limit of the application
	 * did not let it begin.
	 */
	boolean wasUnsent(Throwable error) {
		return error == this.unsent;
	}

	/** Records that the caller went away, after which nothing else is tried. */
	void cancelled() {
		this.cancelled = true;
		if (ends()) {
			this.fallbacks.health().released(this.current.name());
		}
	}

	/**
	 * Records that the answer broke off after its content had begun, after which no other
	 * target may be asked.
	 * @param error what went wrong
	 */
	void brokeOff(Throwable error) {
		if (ends()) {
			Failure failure = this.fallbacks.classifiers().classify(error);
			this.fallbacks.health().failed(this.current.name(), failure, elapsed());
		}
	}

	/**
	 * Records a failure before any content.
	 * @param error what went wrong
	 * @return how long to wait before the next attempt, or {@code null} when there is
	 * none: the caller then gets {@link #failure}
	 */
	@Nullable Duration failed(Throwable error) {
		if (error instanceof BudgetExceededException full && full.isOfTarget() && !this.cancelled) {
			return full(full);
		}
		if (isUnsent(error)) {
			cancelled();
			return null;
		}
		return failed(this.fallbacks.classifiers().classify(error), error);
	}

	private @Nullable Duration failed(Failure failure, Throwable error) {
		if (this.cancelled) {
			cancelled();
			return null;
		}
		if (ends()) {
			this.fallbacks.health().failed(this.current.name(), failure, elapsed());
		}
		this.failed.add(new FailedAttempt(this.current.name(), failure, error));
		FallbackStep step = this.chain.next(Fallbacks.candidate(this.current), failure, this.turn.totals().spent(),
				Duration.ofNanos(this.turn.elapsedNanos()));
		if (step instanceof FallbackStep.TryTarget attempt) {
			begin(target(attempt), failure.kind().name());
			return attempt.delay();
		}
		this.stopped = ((FallbackStep.Stop) step).cause();
		return null;
	}

	/** Another target of the same tier may have a budget of its own. */
	private @Nullable Duration full(BudgetExceededException full) {
		this.unsent = full;
		if (ends()) {
			this.fallbacks.health().released(this.current.name());
		}
		FallbackStep step = this.chain.nextEqual(Fallbacks.candidate(this.current));
		if (step instanceof FallbackStep.TryTarget attempt) {
			begin(target(attempt), "BUDGET");
			return attempt.delay();
		}
		return null;
	}

	/** Whether Costwise itself did not let the attempt begin. */
	private boolean isUnsent(Throwable error) {
		if (error instanceof CostStop && error instanceof RuntimeException stop) {
			this.unsent = stop;
		}
		return error == this.unsent;
	}

	private void begin(RouteTarget next, String why) {
		if (next != this.current) {
			this.fallbacks.router().fellBack(this.turn, this.current, next, why);
		}
		this.current = next;
		this.startNanos = this.fallbacks.time().nanos();
		this.running.set(true);
		if (this.cancelled) {
			cancelled();
		}
	}

	/**
	 * Returns what the caller gets after the last failure.
	 * @param last the last failure
	 * @return the failure itself if it was the only one, else all of them; why no further
	 * attempt was sent is a suppressed exception of it
	 */
	Throwable failure(Throwable last) {
		if (this.failed.isEmpty()) {
			return last;
		}
		Throwable failure = (this.failed.size() == 1) ? this.failed.get(0).error()
				: FailedAttempt.all(this.failed, this.stopped);
		if (this.unsent != null && this.unsent != failure) {
			failure.addSuppressed(this.unsent);
		}
		return failure;
	}

	private boolean ends() {
		return this.running.getAndSet(false);
	}

	private Duration elapsed() {
		return Duration.ofNanos(this.fallbacks.time().nanos() - this.startNanos);
	}

}
