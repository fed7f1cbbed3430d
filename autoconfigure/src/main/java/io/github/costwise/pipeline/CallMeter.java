package io.github.costwise.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.accounting.CallRecord.Outcome;
import io.github.costwise.accounting.CallRecord.Purpose;
import io.github.costwise.accounting.wire.WireReading;
import io.github.costwise.accounting.wire.WireUsage;
import io.github.costwise.answer.AnswerVerdict;
import io.github.costwise.text.ShortText;
import io.github.costwise.time.Ticker;

/**
 * Watches one call and settles it exactly once, whichever way it ends first. Signals of
 * one call come one after another, as the Reactive Streams rules demand; HTTP attempts
 * may come from other threads.
 *
 * @since 0.1.0
 */
public final class CallMeter {

	private static final ThreadLocal<CallMeter> CURRENT = new ThreadLocal<>();

	private final CostAccountant accountant;

	private final CostTurn turn;

	private final Call call;

	private final Prompt prompt;

	private final long startNanos;

	private final CallEnding ending;

	private final AttemptLog attempts = new AttemptLog();

	private final WireReadings readings = new WireReadings();

	private volatile @Nullable Runnable stop;

	private final AnswerSeen answer;

	private String appended = "";

	private @Nullable String answeredModel;

	private long endNanos;

	private AskedTerms terms = AskedTerms.NONE;

	private boolean regional;

	private boolean interruptedBefore;

	private boolean interrupted;

	private volatile @Nullable AnswerVerdict verdict;

	CallMeter(CostAccountant accountant, CostTurn turn, Call call, Prompt prompt) {
		this.accountant = accountant;
		this.turn = turn;
		this.call = call;
		this.prompt = prompt;
		this.startNanos = turn.ticker().read();
		this.answer = new AnswerSeen(call.streamed(), turn.ticker());
		this.ending = new CallEnding(turn.totals());
	}

	/**
	 * Returns the meter of the call that this thread is sending.
	 * @return the meter, or {@code null} when the thread sends none through the advisors
	 */
	public static @Nullable CallMeter current() {
		return CURRENT.get();
	}

	/**
	 * Marks this thread as sending the call until the returned handle is closed.
	 * @return the handle to close on the same thread
	 */
	public CostScope.Opened sending() {
		CallMeter before = CURRENT.get();
		CURRENT.set(this);
		this.interruptedBefore = Thread.currentThread().isInterrupted();
		return () -> {
			if (before == null) {
				CURRENT.remove();
			}
			else {
				CURRENT.set(before);
			}
		};
	}

	/**
	 * Returns the unique id of the call.
	 * @return the id
	 */
	public String id() {
		return this.call.id();
	}

	/**
	 * Settles a call that was answered at once.
	 * @param response the answer, or {@code null} when the chain gave none
	 */
	public void answered(@Nullable ChatResponse response) {
		if (response != null) {
			see(response);
		}
		settle(Outcome.SUCCEEDED, null);
	}

	/**
	 * Records a chunk of a streamed answer.
	 * @param response the chunk
	 */
	public void chunk(ChatResponse response) {
		see(response);
	}

	/**
	 * Settles a streamed call that came to its end.
	 */
	public void completed() {
		settle(Outcome.SUCCEEDED, null);
	}

	/**
	 * Settles a call that failed.
	 * @param error what it failed with
	 */
	public void failed(Throwable error) {
		this.interrupted = Failures.isInterrupt(error);
		settle(Failures.isTimeout(error) ? Outcome.TIMED_OUT : Outcome.FAILED, error);
	}

	/**
	 * Settles a call whose caller went away, and breaks its HTTP attempt off: clients
	 * close a stream only between two of its chunks, and whoever cancels would wait for
	 * the next one.
	 */
	public void cancelled() {
		settle(Outcome.CANCELLED, null);
		Runnable request = this.stop;
		if (request != null) {
			request.run();
		}
	}

	/**
	 * Tells how to break off the HTTP attempt under way. Some clients go on waiting for a
	 * server that has gone silent, with a thread that others need.
	 * @param request breaks it off; does not wait
	 */
	public void stopsBy(Runnable request) {
		this.stop = request;
	}

	/**
	 * Prepares for a call that may be abandoned: what it may cost is then known without
	 * delay.
	 */
	public void mayBeAbandoned() {
		this.accountant.expectEstimate();
	}

	/**
	 * Records that nobody waits for the answer any more. What the call may cost counts
	 * against the limits of its turn until its answer comes, or it fails, and settles it.
	 * @param outcome how the call ended for its caller, whatever comes later
	 * @return whether the call was still under way; if not, it has its answer or failure
	 */
	public boolean abandoned(Outcome outcome) {
		return this.ending.abandon(outcome, this.accountant.guess(this));
	}

	/**
	 * Settles a call that was abandoned and will not come to its end, since the
	 * application stops.
	 */
	public void lost() {
		if (this.ending.isAbandoned()) {
			failed(new CancellationException("The application was stopped"));
		}
	}

	/**
	 * Records that the stream is about to be cancelled since its time is up. One that
	 * comes to its end before is not late.
	 */
	public void overdue() {
		this.ending.overdue();
	}

	/** How the call ended for its caller, when it ended so by itself. */
	Outcome outcome(Outcome ended) {
		boolean empty = ended == Outcome.SUCCEEDED && verdict() == AnswerVerdict.MALFORMED;
		return this.ending.outcome(empty ? Outcome.FAILED : ended);
	}

	/**
	 * Returns what the answer is worth, once it came to its end.
	 * @return the verdict
	 */
	public AnswerVerdict verdict() {
		AnswerVerdict known = this.verdict;
		return (known != null) ? known : this.answer.verdict(this.prompt);
	}

	/**
	 * Records what the request asks for.
	 * @param terms what its options say of the bill
	 */
	public void asks(AskedTerms terms) {
		this.terms = terms;
	}

	/** Records that the call goes to a region, where rates may be higher. */
	void goesToRegion() {
		this.regional = true;
	}

	/**
	 * Returns the HTTP attempts of this call, as far as its client shows them.
	 * @return where they are noted
	 */
	public AttemptLog attempts() {
		return this.attempts;
	}

	/**
	 * Records a text that is sent with the prompt but is not a part of it yet, such as an
	 * output format.
	 * @param text the text, possibly empty
	 */
	public void alsoSends(String text) {
		this.appended = text;
	}

	/**
	 * Records that the usage of an answer is read along as it passes.
	 * @param usage what is read of it, now and later
	 */
	public void reads(WireUsage usage) {
		this.readings.add(usage);
	}

	private void see(ChatResponse response) {
		try {
			this.answer.see(response);
		}
		catch (RuntimeException ex) {
			this.accountant.unreadable(ex);
		}
	}

	private void settle(Outcome outcome, @Nullable Throwable error) {
		if (this.ending.settle(outcome)) {
			this.endNanos = ticker().read();
			this.verdict = this.answer.verdict(this.prompt);
			this.answeredModel = answeredModel();
			this.accountant.settle(this, outcome, error);
			this.ending.release();
		}
	}

	/**
	 * Returns what the call is timed by.
	 * @return the ticker of its turn
	 */
	public Ticker ticker() {
		return this.turn.ticker();
	}

	CostTurn turn() {
		return this.turn;
	}

	Call call() {
		return this.call;
	}

	Prompt prompt() {
		return this.prompt;
	}

	String appended() {
		return this.appended;
	}

	@Nullable Usage usage() {
		return this.answer.usage();
	}

	/** What the body of the answer said of usage, where it was read along. */
	@Nullable WireReading wire() {
		return this.readings.of(this.answer.id());
	}

	AskedTerms terms() {
		return this.terms;
	}

	boolean isRegional() {
		return this.regional || this.terms.regional();
	}

	/** The model that answered, as far as it is known; final once the call is settled. */
	String answeredModel() {
		String known = this.answeredModel;
		return (known != null) ? known : findModel();
	}

	private String findModel() {
		String named = this.answer.model();
		WireReading wire = (named == null) ? wire() : null;
		if (wire != null) {
			named = wire.model();
		}
		return ShortText.ofModel((named != null) ? named : this.call.requestedModel());
	}

	CharSequence received() {
		return this.answer.received();
	}

	Duration latency() {
		return Duration.ofNanos(this.endNanos - this.startNanos);
	}

	@Nullable Duration timeToFirstToken() {
		long first = this.answer.firstTokenNanos();
		return (first != 0) ? Duration.ofNanos(first - this.startNanos) : null;
	}

	/** How far the call came, as far as that is known. */
	CallReach reach() {
		boolean unsent = this.interruptedBefore || this.attempts.isUnsent();
		boolean late = this.ending.isLate() && this.attempts.all().isEmpty() && !unsent;
		return new CallReach(this.attempts.wasAccepted() || late, !received().isEmpty(), unsent, this.interrupted);
	}

	/**
	 * What is known of a call before it is sent.
	 */
	record Call(String id, int round, Purpose purpose, String provider, String requestedModel, Instant startedAt,
			boolean streamed) {

	}

}
