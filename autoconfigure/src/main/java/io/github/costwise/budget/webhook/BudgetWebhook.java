package io.github.costwise.budget.webhook;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Worker;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CostEvent;
import io.github.costwise.spi.CostListener;
import io.github.costwise.time.Time;

/**
 * Sends alerts and overruns of budgets to one address, in their order, beside the calls
 * that cause them. What fails is sent again, with the same id, after a second and then
 * after twice as long each time, up to five minutes; after 24 tries it is given up. Up to
 * 1,000 wait; they are lost when the application ends. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetWebhook implements CostListener, AutoCloseable {

	private static final int MOST_WAITING = 1_000;

	private static final int MOST_TRIES = 24;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	private final Queue<WebhookMessage> outbox = new ArrayDeque<>();

	private final WebhookSettings settings;

	private final WebhookSender sender;

	private final Worker worker;

	private final Faults faults;

	private final Time time;

	private boolean busy;

	private int failures;

	/**
	 * Creates a webhook.
	 * @param settings where it goes to
	 * @param worker sends; closed with the webhook
	 * @param faults counts what fails
	 * @param time tells the time
	 */
	public BudgetWebhook(WebhookSettings settings, Worker worker, Faults faults, Time time) {
		this.settings = settings;
		this.sender = new WebhookSender(settings, time);
		this.worker = worker;
		this.faults = faults;
		this.time = time;
	}

	@Override
	public void on(CostEvent event) {
		WebhookMessage message = WebhookMessage.of(event, this.settings.format(), this.time.now());
		if (message == null) {
			return;
		}
		if (!add(message)) {
			this.faults.report(Faults.Kind.BUDGET, "More than " + MOST_WAITING
					+ " messages wait for the webhook of budgets, and further ones are lost", null);
		}
	}

	private boolean add(WebhookMessage message) {
		synchronized (this.outbox) {
			if (this.outbox.size() >= MOST_WAITING) {
				return false;
			}
			this.outbox.add(message);
			if (!this.busy) {
				this.busy = this.worker.run(this::deliver);
			}
			return true;
		}
	}

	private @Nullable WebhookMessage next() {
		synchronized (this.outbox) {
			WebhookMessage next = this.outbox.peek();
			this.busy = next != null;
			return next;
		}
	}

	/** Sends until nothing waits, or until something fails. */
	private void deliver() {
		for (WebhookMessage next = next(); next != null; next = next()) {
			try {
				this.sender.send(next);
				done();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			catch (Exception ex) {
				if (again(ex)) {
					return;
				}
			}
		}
	}

	/** Plans another try, unless there were enough. */
	private boolean again(Exception cause) {
		this.failures++;
		this.faults.report(Faults.Kind.BUDGET, "The webhook of budgets failed", cause);
		if (this.failures >= MOST_TRIES) {
			this.faults.report(Faults.Kind.BUDGET, "A message of the webhook of budgets was given up", null);
			done();
			return false;
		}
		this.worker.runAfter(this::deliver, pause(this.failures));
		return true;
	}

	static Duration pause(int failures) {
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
		return (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE;
	}

	private void done() {
		this.failures = 0;
		synchronized (this.outbox) {
			this.outbox.remove();
		}
	}

	/** Ends it; what waits is lost. */
	@Override
	public void close() {
		this.worker.close();
	}

}
