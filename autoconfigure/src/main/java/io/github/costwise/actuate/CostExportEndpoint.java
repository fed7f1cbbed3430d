package io.github.costwise.actuate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;

import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.UsageLedger;

/**
 * The calls of a period as comma-separated values. Over HTTP they are streamed; the
 * operation of this class, for JMX, returns them as one text. Read-only and thread-safe.
 *
 * @since 0.1.0
 */
@Endpoint(id = "costexport")
public class CostExportEndpoint {

	private final Team team;

	private final UsageLedger ledger;

	private final Clock clock;

	private final String billingAccountId;

	/**
	 * Creates an endpoint.
	 * @param ledger where the calls are read
	 * @param clock tells the end of a period that has none
	 * @param billingAccountId the account in the columns of FOCUS
	 * @param background reads the ledger while the export is read
	 */
	public CostExportEndpoint(UsageLedger ledger, Clock clock, String billingAccountId, Background background) {
		this.team = background.team("export", Faults.Kind.LEDGER);
		this.ledger = ledger;
		this.clock = clock;
		this.billingAccountId = billingAccountId;
	}

	/**
	 * Returns the calls of a period as text, oldest first.
	 * @param from begin of the period, inclusive: a date or an instant in ISO format, or
	 * {@code null} for the oldest record
	 * @param to end of the period, exclusive, or {@code null} for now
	 * @param format {@code calls} or {@code null} for a row per call, {@code focus} for
	 * the columns of FOCUS 1.2
	 * @return the text, with a header
	 */
	@ReadOperation(produces = { "text/csv", "application/json" })
	public String export(@Nullable String from, @Nullable String to, @Nullable String format) {
		try (InputStream stream = stream(from, to, format).getInputStream()) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Resource stream(@Nullable String from, @Nullable String to, @Nullable String format) {
		Period period = Period.parse(from, to, this.clock);
		CsvFormat csv = format(format);
		return new InputStreamResource(() -> CsvStream.open(this.ledger, period, csv, this.team), "calls of " + period);
	}

	private CsvFormat format(@Nullable String format) {
		return switch (ExportFile.layout(format)) {
			case "calls" -> new CallCsv();
			case "focus" -> new FocusCsv(this.billingAccountId);
			default -> throw Period.invalid("'format' must be 'calls' or 'focus', but is '" + format + "'");
		};
	}

}
