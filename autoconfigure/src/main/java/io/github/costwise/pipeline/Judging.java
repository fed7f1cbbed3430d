package io.github.costwise.pipeline;

import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.RoutingDecision;

/**
 * Whether the answer to a call is good enough: the questions that are asked about it, and
 * which answer is given. When nobody else can be asked, the answer that was paid for
 * stands. Its steps come one after another; not thread-safe.
 */
final class Judging {

	private static final Log logger = LogFactory.getLog(Judging.class);

	private final CallFlows.Routing routing;

	private final CostTurn turn;

	private final CallSite site;

	private final boolean judged;

	private final RoutingDecision decision;

	private Question question = Question.ANSWER;

	private @Nullable GateTurn gate;

	private @Nullable GatedAnswer candidate;

	private @Nullable Attempt given;

	/**
	 * Creates an instance.
	 * @param routing judges the answers
	 * @param turn the turn that makes the call
	 * @param site the request
	 * @param judged whether anybody judges the answer before it is given
	 * @param decision where the call goes and what else could answer it
	 */
	Judging(CallFlows.Routing routing, CostTurn turn, CallSite site, boolean judged, RoutingDecision decision) {
		this.routing = routing;
		this.turn = turn;
		this.site = site;
		this.judged = judged;
		this.decision = decision;
	}

	/**
	 * Takes the answer to the question that was asked.
	 * @return whether it is to be judged
	 */
	boolean takes(Attempt by) {
		switch (this.question) {
			case ANSWER -> {
				this.given = by;
				return this.judged;
			}
			case SECOND -> {
				this.candidate = Objects.requireNonNull(this.candidate).beside(by.meter().answer().text());
				return true;
			}
			case STRONGER -> {
				if (by.meter().answer().hasContent()) {
					this.given = by;
					Objects.requireNonNull(this.gate).replaced();
				}
				else {
					keep();
				}
				return false;
			}
		}
		throw new IllegalStateException();
	}

	/**
	 * Judges the answer, alone or beside a second opinion.
	 * @return what to ask about it, or {@code null} when it is given
	 */
	@Nullable FurtherCall judge() {
		GateTurn judging = gate();
		if (judging == null) {
			return null;
		}
		GatedAnswer now = candidate();
		if (judging.rejects(now)) {
			this.question = Question.STRONGER;
			return new FurtherCall(judging.stronger(), Purpose.ESCALATION);
		}
		RoutingDecision second = (this.question == Question.ANSWER) ? judging.second(now) : null;
		if (second != null) {
			this.question = Question.SECOND;
			return new FurtherCall(second, Purpose.GATE);
		}
		keep();
		return null;
	}

	private @Nullable GateTurn gate() {
		if (this.gate == null) {
			this.gate = this.routing.gates().open(this.turn, this.decision);
		}
		return this.gate;
	}

	private GatedAnswer candidate() {
		GatedAnswer now = this.candidate;
		if (now == null) {
			now = this.site.candidate(given().meter().answer());
			this.candidate = now;
		}
		return now;
	}

	/**
	 * Records that the question that was asked has no answer.
	 * @return whether there is one that stands
	 */
	boolean stands(Throwable failure) {
		if (this.given == null || failure instanceof Error) {
			return false;
		}
		logger.debug("Costwise: the answer stands, since no other model could be asked", failure);
		keep();
		return true;
	}

	private void keep() {
		if (this.gate != null) {
			this.gate.kept();
		}
	}

	Attempt given() {
		return Objects.requireNonNull(this.given);
	}

	/** A question about an answer. */
	record FurtherCall(RoutingDecision decision, Purpose purpose) {

	}

	private enum Question {

		/** The call itself. */
		ANSWER,

		/** A second opinion on the answer. */
		SECOND,

		/** A better answer. */
		STRONGER

	}

}
