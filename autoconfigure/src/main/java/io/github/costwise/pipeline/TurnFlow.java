package io.github.costwise.pipeline;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostStop;
import io.github.costwise.answer.Recording;
import io.github.costwise.model.TurnRecord.TurnOutcome;

/**
 * The story of one turn, for callers that wait and for streams alike: the pillars take
 * their steps one after another, the model is asked unless one of them has an answer, and
 * all of them are notified of the end. A driver does the steps.
 * <p>
 * Steps come one after another, on whichever threads; the end may be reported while one
 * is taken, since callers go away at any time.
 *
 * @since 0.1.0
 */
public final class TurnFlow {

	private final TurnPipeline pipeline;

	private final List<TurnPillar> pillars;

	private final CostTurn turn;

	private final @Nullable Supplier<TurnAsk> ask;

	private int at;

	private @Nullable TurnStep taken;

	private volatile TurnOutcome outcome = TurnOutcome.FAILED;

	/**
	 * Creates a flow.
	 * @param pipeline opened the turn, and closes it
	 * @param turn the turn
	 * @param ask tells what it asks, or {@code null} for one that asks at once
	 */
	TurnFlow(TurnPipeline pipeline, CostTurn turn, @Nullable Supplier<TurnAsk> ask) {
		this.pipeline = pipeline;
		this.pillars = pipeline.pillars();
		this.turn = turn;
		this.ask = ask;
		this.at = (ask != null) ? 0 : this.pillars.size();
	}

	/**
	 * Returns the turn.
	 * @return the turn
	 */
	public CostTurn turn() {
		return this.turn;
	}

	/**
	 * Returns what is to be done next.
	 * @return the step; after {@link TurnStep.Ask}, {@link TurnStep.Serve} and
	 * {@link TurnStep.Fail} there is none
	 */
	public TurnStep next() {
		TurnStep step = this.taken;
		if (step != null) {
			this.taken = null;
			return step;
		}
		while (this.ask != null && this.at < this.pillars.size()) {
			TurnPillar pillar = this.pillars.get(this.at);
			if (pillar.concerns(this.turn)) {
				Supplier<TurnAsk> what = this.ask;
				return new TurnStep.Work(() -> take(pillar, what));
			}
			this.at++;
		}
		return new TurnStep.Ask(records());
	}

	private void take(TurnPillar pillar, Supplier<TurnAsk> what) {
		try {
			this.taken = pillar.before(this.turn, what.get());
		}
		catch (Throwable ex) {
			this.taken = new TurnStep.Fail(ex);
		}
		if (this.taken == null) {
			this.at++;
		}
		else if (this.taken instanceof TurnStep.Fail fail && fail.error() instanceof CostStop) {
			this.turn.refused(fail.error());
		}
	}

	private boolean records() {
		for (TurnPillar pillar : this.pillars) {
			if (pillar.records(this.turn)) {
				return true;
			}
		}
		return false;
	}

	/** Records that the caller can wait for nobody any more. */
	public void stopWaiting() {
		this.pipeline.tell((pillar) -> pillar.stopWaiting(this.turn));
	}

	/**
	 * Takes the answer of the model.
	 * @param given the answer, as far as it was recorded
	 */
	public void answered(Recording given) {
		this.pipeline.tell((pillar) -> pillar.answered(this.turn, given));
		this.outcome = TurnOutcome.ANSWERED;
	}

	/** Takes an answer of the model that is not what the application asked for. */
	public void invalid() {
		this.pipeline.tell((pillar) -> pillar.invalid(this.turn));
		this.outcome = TurnOutcome.ANSWERED;
	}

	/** Records that an answer was there. */
	public void served() {
		this.outcome = TurnOutcome.ANSWERED;
	}

	/**
	 * Records that the turn has failed.
	 * @param error why
	 */
	public void failed(Throwable error) {
		this.outcome = this.turn.isRefusal(error) ? TurnOutcome.REFUSED : TurnOutcome.FAILED;
		this.pipeline.tell((pillar) -> pillar.failed(this.turn, error));
		close();
	}

	/** Records that the caller went away. */
	public void cancelled() {
		this.outcome = TurnOutcome.CANCELLED;
		close();
	}

	/** Closes the turn; closing it again does nothing. */
	public void close() {
		this.pipeline.close(this.turn, this.outcome);
	}

}
