package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.CostStop;
import io.github.costwise.answer.AnswerVerdict;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.time.Timers;

/**
 * The story of one call that the chain makes, for callers that wait and for streams
 * alike: who is asked, what becomes of an attempt that fails, is late or holds nothing,
 * who takes over, and whether the answer is good enough. A driver does the steps and
 * tells what came of them.
 * <p>
 * Of the events of an attempt exactly one ends it; the next step is due then, and only
 * then. Events may come from any thread: chunks of one attempt one after another,
 * {@link #overdue} and {@link #cancelled} at any time.
 *
 * @since 0.1.0
 */
public final class CallFlow {

	/** Of calls that nobody takes over, which say nothing of their progress. */
	private static final AttemptProgress NOT_BOUND = new AttemptProgress(false, 0);

	private final CallFlows parts;

	private final CostTurn turn;

	private volatile CallSite site;

	private final boolean concerned;

	private final boolean judgedWhole;

	private Stage stage;

	private @Nullable Purpose purpose;

	private @Nullable Purpose usual;

	private volatile @Nullable TargetRun run;

	private volatile @Nullable SentAttempt sent;

	private volatile AttemptProgress progress;

	private volatile boolean cancelled;

	private volatile @Nullable QueuedCall queued;

	private Duration delay = Duration.ZERO;

	private @Nullable Judging judging;

	private @Nullable Attempt useless;

	private @Nullable Attempt given;

	private @Nullable Throwable error;

	CallFlow(CallFlows parts, CostTurn turn, CallSite site, boolean concerned) {
		this.parts = parts;
		this.turn = turn;
		this.site = site;
		this.concerned = concerned;
		this.judgedWhole = concerned && site.streamed() && Gates.POLICY.of(turn.policy()).buffersStreams();
		this.stage = parts.calls().pillars().isEmpty() ? shaped() : Stage.SHAPE;
		this.progress = NOT_BOUND;
	}

	/**
	 * Sends to one target, which was chosen elsewhere, for a purpose; nobody judges the
	 * answer.
	 */
	CallFlow only(RoutingDecision decision, Purpose why) {
		Stage first = this.stage;
		begin(decision, why, false);
		this.stage = (first == Stage.SHAPE) ? first : Stage.SEND;
		return this;
	}

	/**
	 * Is for a purpose that the prompt does not tell, unless a target has one of its own.
	 */
	CallFlow usually(Purpose why) {
		this.usual = why;
		return this;
	}

	private Stage shaped() {
		return (this.concerned && this.run == null) ? Stage.ROUTE : Stage.SEND;
	}

	/**
	 * Returns what is to be done next.
	 * @return the step; after {@link CallStep.Give} and {@link CallStep.Raise} there is
	 * none
	 */
	public CallStep next() {
		if (this.cancelled && this.stage != Stage.GIVE && this.stage != Stage.FAIL) {
			giveUp();
		}
		return switch (this.stage) {
			case SHAPE -> new CallStep.RunWork(guarded(this::shape));
			case ROUTE -> new CallStep.RunWork(guarded(this::route));
			case WAIT -> {
				this.stage = Stage.SEND;
				yield CallStep.Pause.of(this.delay);
			}
			case SEND -> send();
			case SENT -> throw new IllegalStateException("An attempt is in flight");
			case JUDGE -> new CallStep.RunWork(guarded(this::judge));
			case GIVE -> new CallStep.Give(Objects.requireNonNull(this.given));
			case FAIL -> new CallStep.Raise(Objects.requireNonNull(this.error));
		};
	}

	/**
	 * Returns where its waits are done.
	 * @return the timers
	 */
	public Timers timers() {
		return this.parts.calls().timers();
	}

	private Runnable guarded(Runnable work) {
		return () -> {
			try {
				work.run();
			}
			catch (Throwable ex) {
				unanswered(ex);
			}
		};
	}

	private void shape() {
		Prompt prompt = this.site.prompt();
		Prompt shaped = this.parts.calls().pillars().shape(this.turn, prompt);
		if (shaped != prompt) {
			this.site = this.site.shaped(shaped);
		}
		this.stage = shaped();
	}

	private void route() {
		RoutingDecision decision = this.parts.routing().router().route(this.turn, this.site.ask());
		if (decision == null) {
			RouteState.of(this.turn).ownAsked();
			this.stage = Stage.SEND;
		}
		else {
			begin(decision, null, this.judgedWhole || !this.site.streamed());
		}
	}

	private void begin(RoutingDecision decision, @Nullable Purpose why, boolean judged) {
		this.judging = new Judging(this.parts.routing(), this.turn, this.site, judged, decision);
		ask(decision, why);
	}

	private void ask(RoutingDecision decision, @Nullable Purpose why) {
		this.purpose = why;
		this.useless = null;
		this.error = null;
		this.run = this.parts.routing().fallbacks().begin(this.turn, decision);
		this.stage = Stage.SEND;
	}

	/** Whatever goes wrong before an attempt is sent fails it. */
	private CallStep send() {
		try {
			CallPlan plan = this.parts.calls().pillars().plan(this.turn, plan());
			Reserved room = this.parts.calls().reserve(this.turn, plan, patience() != null, this.queued);
			if (room instanceof QueuedCall waiting) {
				return await(waiting);
			}
			Attempt reserved = (Attempt) room;
			leaveQueue();
			this.sent = new SentAttempt(reserved, this.progress, this.parts.calls().pillars().watch(this.turn, plan));
			this.stage = Stage.SENT;
			if (this.cancelled) {
				reserved.cancelled();
			}
			return new CallStep.Send(reserved, plan);
		}
		catch (Throwable ex) {
			leaveQueue();
			ended(ex);
			return next();
		}
	}

	/** Whoever is sent or fails waits no more, and lets others try. */
	private void leaveQueue() {
		QueuedCall waiting = this.queued;
		this.queued = null;
		if (waiting != null) {
			waiting.leave();
		}
	}

	/** The call is sent once it is its turn, or nothing more comes of waiting. */
	private CallStep await(QueuedCall waiting) {
		this.queued = waiting;
		if (this.cancelled) {
			waiting.leave();
		}
		Duration ofTurn = (this.run != null) ? this.run.turnLeft() : null;
		Duration left = waiting.left();
		return new CallStep.Pause(waiting.turn(), (ofTurn != null && ofTurn.compareTo(left) < 0) ? ofTurn : left);
	}

	private CallPlan plan() {
		TargetRun asked = this.run;
		if (asked == null) {
			return this.concerned ? this.site.plan(null, this.usual) : this.site.plan(this.usual);
		}
		this.progress = new AttemptProgress(asked.afterThoughts(), this.turn.ticker().read());
		asked.requireTime();
		RouteTarget target = asked.current();
		return this.site.plan(target, asked.isFirst() ? why() : Purpose.FALLBACK);
	}

	private @Nullable Purpose why() {
		return (this.purpose != null) ? this.purpose : this.usual;
	}

	/**
	 * Returns whether the next step may block, or to find it out; told when one is due.
	 * @return whether it may, which no thread of an event loop must
	 */
	public boolean mayBlock() {
		return switch (this.stage) {
			case SHAPE -> true;
			case SEND ->
				this.concerned || !this.parts.calls().pillars().isEmpty() || this.parts.calls().asksSlowStores();
			case ROUTE, JUDGE -> this.concerned;
			case WAIT, SENT, GIVE, FAIL -> false;
		};
	}

	/**
	 * Returns whether the call goes to targets that were chosen for it.
	 * @return whether it does, once the first step is done
	 */
	public boolean isRouted() {
		return this.judging != null;
	}

	/**
	 * Returns how long to wait for the attempt in flight before telling that it is
	 * {@link #overdue}.
	 * @return the time from now on, not negative, or {@code null} for as long as its
	 * client waits
	 */
	public @Nullable Duration patience() {
		TargetRun asked = this.run;
		return (asked != null) ? patience(asked, this.progress) : null;
	}

	private @Nullable Duration patience(TargetRun asked, AttemptProgress now) {
		return now.patience(asked.turnLeft(), asked.attemptTimeout(), this.turn.ticker().read());
	}

	/**
	 * Takes a chunk of a streamed answer.
	 * @param from the attempt that it comes from
	 * @param chunk the chunk, or {@code null} for one without an answer
	 * @return what becomes of it
	 */
	public ChunkStep chunk(Attempt from, @Nullable ChatResponse chunk) {
		if (chunk != null) {
			from.meter().see(chunk);
		}
		SentAttempt now = this.sent;
		if (now == null || now.attempt() != from) {
			return (this.run != null) ? ChunkStep.HOLD : ChunkStep.PASS;
		}
		ChunkStep step = (this.run != null) ? now.progress().see(ChunkKind.of(chunk), this.turn.ticker().read())
				: ChunkStep.PASS;
		if (now.endsAfter(chunk)) {
			return ChunkStep.STOP;
		}
		return this.judgedWhole ? ChunkStep.HOLD : step;
	}

	/**
	 * Returns the end of the answer that was stopped.
	 * @return a chunk with a finish reason, after {@link ChunkStep#STOP}
	 */
	public ChatResponse ending() {
		return Objects.requireNonNull(Objects.requireNonNull(this.sent).ending());
	}

	/**
	 * Records that an attempt has come to the end of its answer.
	 * @param by the attempt
	 * @param whole the answer, or {@code null} when it came in chunks, or there is none
	 * @return whether the next step is due
	 */
	public boolean answered(Attempt by, @Nullable ChatResponse whole) {
		if (whole != null) {
			by.meter().see(whole);
		}
		SentAttempt now = this.sent;
		boolean enough = now != null && now.attempt() == by && now.ending() != null;
		if (!(enough ? by.broughtEnough() : by.answered())) {
			return false;
		}
		TargetRun asked = this.run;
		if (asked == null) {
			give(by);
		}
		else {
			guarded(() -> take(by, asked)).run();
		}
		return true;
	}

	/** The end of an answer is none yet: nothing may have come before it. */
	private void take(Attempt by, TargetRun asked) {
		AnswerVerdict verdict = by.meter().verdict();
		if (isShown()) {
			asked.given(verdict);
			give(by);
			return;
		}
		Duration wait = asked.answered(verdict);
		if (wait != null) {
			this.useless = by;
			this.error = null;
			again(wait);
			return;
		}
		RuntimeException failure = asked.unanswered(verdict);
		if (failure == null) {
			taken(by);
		}
		else {
			unanswered(failure);
		}
	}

	/**
	 * Records that an attempt failed.
	 * @param by the attempt
	 * @param failure what it failed with
	 * @return whether the next step is due
	 */
	public boolean failed(Attempt by, Throwable failure) {
		if (!by.failed(failure)) {
			return false;
		}
		ended(failure);
		return true;
	}

	/**
	 * Records that an attempt has used up the {@link #patience} with it, or shows that it
	 * has not. One that comes to its end before is not late.
	 * @param by the attempt
	 * @return whether it was abandoned, and the next step is due
	 */
	public boolean overdue(Attempt by) {
		TargetRun asked = this.run;
		SentAttempt now = this.sent;
		if (asked == null || now == null || by != now.attempt()) {
			return false;
		}
		boolean turnIsLate = Duration.ZERO.equals(asked.turnLeft());
		boolean late = turnIsLate || (Duration.ZERO.equals(patience(asked, now.progress())) && now.progress().expire());
		if (!late || !by.abandon(Outcome.TIMED_OUT)) {
			return false;
		}
		ended(asked.late());
		return true;
	}

	/**
	 * Records that whoever waited for an attempt was interrupted.
	 * @param by the attempt
	 * @param failure what the caller gets
	 * @return whether the next step is due; otherwise the attempt has ended before
	 */
	public boolean interrupted(Attempt by, RuntimeException failure) {
		if (!by.abandon(Outcome.CANCELLED)) {
			return false;
		}
		ended(failure);
		return true;
	}

	/**
	 * Records that the caller went away: the attempt in flight ends, and nothing else is
	 * tried. May be called again.
	 */
	public void cancelled() {
		this.cancelled = true;
		TargetRun asked = this.run;
		if (asked != null) {
			asked.cancelled();
		}
		SentAttempt now = this.sent;
		if (now != null) {
			now.attempt().cancelled();
		}
		QueuedCall waiting = this.queued;
		if (waiting != null) {
			waiting.leave();
		}
	}

	private void ended(Throwable failure) {
		guarded(() -> goOn(failure)).run();
	}

	private void goOn(Throwable failure) {
		TargetRun asked = this.run;
		if (asked == null || failure instanceof Error) {
			if (asked != null) {
				asked.cancelled();
			}
			fail(failure);
			return;
		}
		if (isShown()) {
			asked.brokeOff(failure);
			fail(failure);
			return;
		}
		this.error = failure;
		Duration wait = asked.failed(failure);
		if (wait != null) {
			again(wait);
		}
		else if (this.useless != null && asked.wasUnsent(failure)) {
			taken(this.useless);
		}
		else {
			unanswered(asked.failure(failure));
		}
	}

	/** Whether the caller has seen content, after which nobody else may answer. */
	private boolean isShown() {
		return this.progress.isBound() && !this.judgedWhole;
	}

	private void again(Duration wait) {
		if (this.progress.hasThought() && !this.judgedWhole) {
			RouteState.of(this.turn).mixed();
		}
		this.delay = wait;
		this.stage = wait.isZero() ? Stage.SEND : Stage.WAIT;
	}

	/** A question has its answer. */
	private void taken(Attempt by) {
		if (judging().takes(by)) {
			this.stage = Stage.JUDGE;
		}
		else {
			give(judging().given());
		}
	}

	private void unanswered(Throwable failure) {
		if (this.judging != null && this.judging.stands(failure)) {
			give(judging().given());
		}
		else {
			fail(failure);
		}
	}

	private void judge() {
		Judging.FurtherCall further = judging().judge();
		if (further == null) {
			give(judging().given());
		}
		else {
			ask(further.decision(), further.purpose());
		}
	}

	private Judging judging() {
		return Objects.requireNonNull(this.judging);
	}

	private void give(Attempt by) {
		this.given = by;
		this.stage = Stage.GIVE;
	}

	private void fail(Throwable failure) {
		if (failure instanceof CostStop) {
			this.turn.refused(failure);
		}
		this.error = failure;
		this.stage = Stage.FAIL;
	}

	/** The caller went away, and gets what there is. */
	private void giveUp() {
		TargetRun asked = this.run;
		if (asked == null) {
			fail(new CancellationException("The caller went away"));
			return;
		}
		asked.cancelled();
		if (this.error == null && this.useless != null) {
			give(this.useless);
		}
		else {
			Throwable last = (this.error != null) ? this.error : new CancellationException("The caller went away");
			unanswered(asked.failure(last));
		}
	}

	enum Stage {

		SHAPE, ROUTE, WAIT, SEND, SENT, JUDGE, GIVE, FAIL

	}

}
