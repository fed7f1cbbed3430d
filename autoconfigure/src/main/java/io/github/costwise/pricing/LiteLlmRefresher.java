package io.github.costwise.pricing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.background.Background;
import io.github.costwise.background.Worker;
import io.github.costwise.faults.Faults;
import io.github.costwise.time.Time;

/**
 * Keeps a catalogue up to date from a LiteLLM price list, on a daemon thread of its own.
 * Data that cannot be read or believed leaves the catalogue as it was and is reported as
 * a {@link Faults.Kind#CATALOG} fault. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LiteLlmRefresher implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(LiteLlmRefresher.class);

	private final StandardPriceCatalog catalog;

	private final LiteLlmSource source;

	private final Faults faults;

	private final Time time;

	private final Worker worker;

	/**
	 * Creates a refresher that does nothing yet.
	 * @param catalog the catalogue to keep up to date
	 * @param source where to read
	 * @param background provides the thread, and reports failures
	 * @param time tells when a refresh was and when the next is due
	 */
	public LiteLlmRefresher(StandardPriceCatalog catalog, LiteLlmSource source, Background background, Time time) {
		this.catalog = catalog;
		this.source = source;
		this.faults = background.faults();
		this.time = time;
		this.worker = background.team("prices", Faults.Kind.CATALOG).worker(time.timers());
	}

	/**
	 * Begins to read, at once and then at the interval, without waiting for the result.
	 */
	public void start() {
		Duration interval = this.source.refreshInterval();
		this.worker.run(this::refresh);
		if (interval.toMillis() > 0) {
			this.worker.runEvery(this::refresh, interval, interval);
		}
	}

	/**
	 * Reads the list now. Whatever is thrown, an {@code Error} included, is reported and
	 * leaves the prices and the schedule as they were.
	 * @return whether the catalogue took it
	 */
	public synchronized boolean refresh() {
		try {
			take(new LiteLlmFetch(this.source, this.time.timers()).fetch());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (Throwable ex) {
			refused(ex);
			return false;
		}
	}

	private void refused(Throwable ex) {
		try {
			this.catalog.refused((ex instanceof Error) ? ex.toString() : String.valueOf(ex.getMessage()));
		}
		catch (Throwable worse) {
			ex.addSuppressed(worse);
		}
		this.faults.report(Faults.Kind.CATALOG, ex);
	}

	private void take(byte[] json) {
		Instant now = this.time.now();
		LiteLlmPrices read = LiteLlmReader.read(this.source.location(), json);
		LiteLlmPrices checked = PriceChecks.compared(read, this.catalog.known(now), this.source.maxChange());
		this.catalog.replaceImported(checked, LocalDate.ofInstant(now, ZoneOffset.UTC), now);
		logger.info("Costwise: took " + checked.rows().size() + " prices from " + this.source.location() + ", left out "
				+ checked.rejections().size());
		checked.rejections().forEach((reason) -> logger.debug("Costwise: price left out: " + reason));
	}

	@Override
	public void close() {
		this.worker.close();
	}

}
