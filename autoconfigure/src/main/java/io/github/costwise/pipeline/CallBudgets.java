package io.github.costwise.pipeline;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostLimitExceededException;
import io.github.costwise.Money;
import io.github.costwise.answer.Ending;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetSubject;
import io.github.costwise.budget.BudgetTicket;
import io.github.costwise.budget.Budgets;
import io.github.costwise.budget.CallBound;
import io.github.costwise.budget.LearntBounds;
import io.github.costwise.budget.UsedUp;
import io.github.costwise.budget.queue.QueuePriority;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.pipeline.CallHold.TurnShare;
import io.github.costwise.pricing.CostCalculator;

/**
 * What budgets do at calls: they hold the most that a call can cost before it is sent,
 * and book what it did cost. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallBudgets {

	private static final Set<Purpose> OWN = EnumSet.of(Purpose.EMBEDDING, Purpose.JUDGE, Purpose.GATE, Purpose.SUMMARY);

	private static final long FINISHING = 10;

	/** What a policy says of waiting. */
	public static final PolicyPart<QueuePriority> POLICY = new PolicyPart<>("budget", QueuePriority.NORMAL);

	private static final TurnSlot<TurnBudget> TURN = new TurnSlot<>();

	private final Budgets budgets;

	private final CallBounds bounds;

	private final LearntBounds learnt;

	private final CallQueue queue;

	/**
	 * Creates an instance.
	 * @param budgets the budgets
	 * @param usages counts what is sent
	 * @param calculator prices it
	 * @param caps reads how long an answer may be
	 * @param learnt knows how long answers were
	 * @param longest most output tokens of models, by their names
	 */
	public CallBudgets(Budgets budgets, CallUsage usages, CostCalculator calculator, OutputCaps caps,
			LearntBounds learnt, Map<String, Integer> longest) {
		this.budgets = budgets;
		this.bounds = new CallBounds(usages, calculator, caps, learnt, longest);
		this.learnt = learnt;
		this.queue = new CallQueue(budgets);
	}

	/**
	 * Holds what a call can cost, or lets it wait.
	 * @param limit what its turn may cost, or {@code null} for any amount
	 * @param before the same call, where it waited, or {@code null}
	 * @return what it may do, or {@code null} where nothing limits it
	 * @throws CostLimitExceededException if the turn or a budget has no room
	 */
	@Nullable Holding admit(CallPlan plan, CallMeter meter, @Nullable Money limit, @Nullable QueuedCall before) {
		if (limit == null && this.budgets.all().isEmpty()) {
			return null;
		}
		CostTurn turn = meter.turn();
		BudgetSubject subject = subject(turn, plan.target(), meter.call());
		List<Budget> counting = this.budgets.counting(subject);
		if (limit == null && counting.isEmpty()) {
			return null;
		}
		boolean shorter = !subject.own() && this.budgets.stepsDown(subject) > RouteState.degraded(turn);
		boolean sized = shorter || limit != null || counting.stream().anyMatch(Budget::isSized);
		CallBound whole = sized ? this.bounds.of(plan, meter) : CallBound.UNSIZED;
		TurnShare ofTurn = (limit != null) ? reserve(turn, whole, limit, plan.size().hasTools())
				: new TurnShare(whole.output().most(), Money.ZERO, false);
		int cap = shorter ? Math.min(ofTurn.outputCap(), whole.output().least()) : ofTurn.outputCap();
		CallBound bound = (!subject.own() && turn.totals().begins()) ? whole.first() : whole;
		AdmittedCall call = new AdmittedCall(meter, subject, bound, cap, ofTurn);
		Holding holding = null;
		try {
			holding = this.queue.admit(call, counting, before);
			return holding;
		}
		finally {
			if (!(holding instanceof CallHold)) {
				CallHold.giveBack(turn.totals(), bound, ofTurn.held());
			}
		}
	}

	/** A tenth of the limit is kept for an answer that calls no tools. */
	private static TurnShare reserve(CostTurn turn, CallBound bound, Money limit, boolean tools) {
		Money forTools = Money.ofNanos(limit.nanos() - limit.nanos() / FINISHING);
		int cap = turn.totals().reserve(bound, tools ? forTools : limit);
		boolean finishing = cap < 0 && tools;
		if (finishing) {
			cap = turn.totals().reserve(bound, limit);
		}
		if (cap < 0) {
			throw new CostLimitExceededException("This turn of '" + turn.attribution().feature() + "' has cost "
					+ turn.cost() + " of its limit maxCost " + limit + ", and the next call may need more than is left"
					+ "; it was not sent.");
		}
		return new TurnShare(cap, Money.ofNanos(bound.of(limit).amount(cap)), finishing);
	}

	private static BudgetSubject subject(CostTurn turn, @Nullable RouteTarget target, CallMeter.CallFacts call) {
		return BudgetSubject.of(turn.attribution(), turn.policy().name(), call.provider(), call.requestedModel(),
				target, OWN.contains(call.purpose()));
	}

	/** Books what a call and those beside it cost, and learns from it. */
	void settle(CallHold hold, CallMeter meter, CallRecord call, List<CallRecord> beside) {
		UsedUp used = UsedUp.of(call);
		for (CallRecord other : beside) {
			used = used.plus(UsedUp.of(other));
		}
		hold.settle(used);
		boolean cut = hold.outputCap() != null && meter.answer().ending() == Ending.LENGTH;
		TURN.set(meter.turn(), new TurnBudget(hold.ticket(), cut, hold.isFinishing()));
		if (call.outcome() == Outcome.SUCCEEDED && call.usage().source() == UsageSource.REPORTED) {
			boolean cutByOthers = !cut && meter.answer().ending() == Ending.LENGTH;
			if (!cutByOthers) {
				learnLength(hold.bound().choices(), call, cut);
			}
			learnInput(hold.bound().countedInput(), call);
		}
	}

	/** What the limit of its caller cut short tells nothing of how long answers are. */
	private void learnLength(int choices, CallRecord call, boolean cut) {
		long output = (call.usage().tokens().outputTokens() + choices - 1) / choices;
		this.learnt.answered(kind(call.attribution().feature(), call.purpose()), call.target().requestedModel(),
				cut ? 2 * output : output);
	}

	/** Answers to Costwise's own questions are no measure for those of others. */
	static @Nullable String kind(@Nullable String feature, Purpose purpose) {
		return OWN.contains(purpose) ? "(" + purpose + ")" : feature;
	}

	private void learnInput(long counted, CallRecord call) {
		if (counted > 0) {
			this.learnt.sent(call.target().requestedModel(), counted, call.usage().tokens().promptTokens());
			this.learnt.cacheRead(call.attribution().feature(), call.target().requestedModel(),
					Math.max(1, call.usage().tokens().promptTokens()), call.usage().tokens().cacheReadTokens());
		}
	}

	/** Books a call that nobody could stop. */
	void book(CallRecord call) {
		this.budgets.book(call.id(), call.timing().startedAt(), subject(call), UsedUp.of(call));
	}

	/**
	 * Returns what a call belonged to, as far as its record tells.
	 * @param call the call
	 * @return its subject, without target and tier
	 */
	public static BudgetSubject subject(CallRecord call) {
		return new BudgetSubject(call.attribution(), call.versions().policy(), call.target().provider(),
				call.target().requestedModel(), null, null, OWN.contains(call.purpose()));
	}

	/**
	 * Returns what is known of the limits of a turn.
	 * @param turn the turn
	 * @return what its last call left, or {@code null} where nothing limited it
	 */
	public static @Nullable TurnBudget of(CostTurn turn) {
		return TURN.of(turn);
	}

	boolean isSlow() {
		return this.budgets.isSlow();
	}

	/** Whether the budgets of a turn have room for the vectors of some texts. */
	boolean hasRoomForOwn(CostTurn turn, List<String> texts) {
		BudgetSubject subject = new BudgetSubject(turn.attribution(), turn.policy().name(), "", "", null, null, true);
		return this.budgets.hasRoom(subject, (unit) -> switch (unit) {
			case USD -> 1;
			case TOKENS, INPUT_TOKENS -> Math.max(1, this.bounds.tokens(texts));
			case OUTPUT_TOKENS, CALLS, TURNS, IN_FLIGHT -> 0;
		});
	}

	/** How many tiers below this target a turn should go. */
	int stepsDown(CostTurn turn, RouteTarget target) {
		return this.budgets.stepsDown(BudgetSubject.of(turn.attribution(), turn.policy().name(), target.bean(),
				target.model(), target, false));
	}

	/**
	 * A call that asks for room.
	 *
	 * @param meter its meter
	 * @param subject what it belongs to
	 * @param bound the most that it can use
	 * @param cap the output tokens that it may ask for at the most
	 * @param ofTurn what it holds of the limit of its turn
	 */
	record AdmittedCall(CallMeter meter, BudgetSubject subject, CallBound bound, int cap, TurnShare ofTurn) {

	}

	/**
	 * What the last call of a turn left of its limits.
	 *
	 * @param ticket what the call held of budgets, or {@code null} where none counted it
	 * @param cut whether a limit has cut its answer short
	 * @param finishing whether it could call no tools, as the last one that the limit of
	 * its turn allows
	 */
	public record TurnBudget(@Nullable BudgetTicket ticket, boolean cut, boolean finishing) {

	}

}
