package io.github.costwise.pricing;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.Faults;
import io.github.costwise.background.Background;

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

	private final Clock clock;

	private final ScheduledExecutorService scheduler;

	/**
	 * Creates a refresher that does nothing yet.
	 * @param catalog the catalogue to keep up to date
	 * @param source where to read
	 * @param background has the thread, and takes what goes wrong
	 * @param clock tells when a refresh was
	 */
	public LiteLlmRefresher(StandardPriceCatalog catalog, LiteLlmSource source, Background background, Clock clock) {
		this.catalog = catalog;
		this.source = source;
		this.faults = background.faults();
		this.clock = clock;
		this.scheduler = background.team("prices", Faults.Kind.CATALOG).timer();
	}

	/**
	 * Begins to read, at once and then at the interval, without waiting for the result.
	 */
	public void start() {
		long millis = this.source.refreshInterval().toMillis();
		if (millis > 0) {
			this.scheduler.scheduleWithFixedDelay(this::refresh, 0, millis, TimeUnit.MILLISECONDS);
		}
		else {
			this.scheduler.execute(this::refresh);
		}
	}

	/**
	 * Reads the list now. Whatever is thrown on the way, an {@code Error} included, is
	 * reported and leaves the prices and the schedule as they were.
	 * @return whether the catalogue took it
	 */
	public synchronized boolean refresh() {
		try {
			take(new LiteLlmFetch(this.source).fetch());
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
		Instant now = this.clock.instant();
		LiteLlmPrices read = LiteLlmReader.read(this.source.location(), json);
		LiteLlmPrices checked = PriceChecks.compared(read, this.catalog.known(now), this.source.maxChange());
		this.catalog.replaceImported(checked, LocalDate.ofInstant(now, ZoneOffset.UTC), now);
		logger.info("Costwise: took " + checked.rows().size() + " prices from " + this.source.location() + ", left out "
				+ checked.rejections().size());
		checked.rejections().forEach((reason) -> logger.debug("Costwise: price left out: " + reason));
	}

	@Override
	public void close() {
		this.scheduler.shutdownNow();
	}

}
