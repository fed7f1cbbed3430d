package io.github.costwise.actuate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Team;
import io.github.costwise.spi.UsageLedger;

/**
 * The calls of a period as a stream of bytes, of which at most 64 KiB are in memory: a
 * daemon thread walks the ledger and waits while nobody reads. Closing the stream stops
 * the walk; a failure of the ledger is written as the last row and thrown to the reader,
 * so that a file that misses rows is never taken for a whole one.
 */
final class CsvStream extends PipedInputStream {

	private static final int BUFFER = 1 << 16;

	private final UsageLedger ledger;

	private final Period period;

	private final CsvFormat format;

	private volatile boolean complete;

	private volatile @Nullable Throwable failure;

	private CsvStream(UsageLedger ledger, Period period, CsvFormat format) {
		super(BUFFER);
		this.ledger = ledger;
		this.period = period;
		this.format = format;
	}

	static InputStream open(UsageLedger ledger, Period period, CsvFormat format, Team team) throws IOException {
		CsvStream stream = new CsvStream(ledger, period, format);
		PipedOutputStream sink = new PipedOutputStream(stream);
		team.start(() -> stream.walk(sink));
		return stream;
	}

	@Override
	public synchronized int read() throws IOException {
		int next = super.read();
		return (next < 0) ? finished() : next;
	}

	@Override
	public synchronized int read(byte[] target, int offset, int length) throws IOException {
		int count = super.read(target, offset, length);
		return (count < 0) ? finished() : count;
	}

	private int finished() throws IOException {
		if (!this.complete) {
			throw new IOException("The ledger failed before the end of the export", this.failure);
		}
		return -1;
	}

	private void walk(PipedOutputStream sink) {
		try (sink; Writer writer = new BufferedWriter(new OutputStreamWriter(sink, StandardCharsets.UTF_8))) {
			writeAll(writer);
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
	}

	private void writeAll(Writer writer) {
		try {
			write(writer);
			writer.flush();
			this.complete = true;
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
	}

	private void write(Writer writer) throws IOException {
		CsvTrailer trailer = new CsvTrailer(this.format.header(), !Gaps.of(this.ledger, this.period).isEmpty());
		writer.write(trailer.header());
		try {
			this.ledger.forEachCall(this.period.from(), this.period.to(),
					(call) -> this.format.write(call, (line) -> append(writer, trailer.row(line))));
		}
		catch (RuntimeException | Error ex) {
			writer.write(trailer.last("incomplete: the ledger failed behind the row above"));
			writer.flush();
			throw ex;
		}
		writer.write(trailer.last(Gaps.of(this.ledger, this.period)));
	}

	private static void append(Writer writer, String line) {
		try {
			writer.write(line);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
