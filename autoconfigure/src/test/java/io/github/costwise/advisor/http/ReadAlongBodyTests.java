package io.github.costwise.advisor.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import okhttp3.MediaType;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Tag;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.junit.jupiter.api.Test;

import io.github.costwise.accounting.wire.WireUsage;
import io.github.costwise.faults.Faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Tests for {@link ReadAlongBody}. */
@Tag("unit")
class ReadAlongBodyTests {

	private static final MediaType JSON = MediaType.get("application/json");

	private static final String BODY = "{\"id\":\"c1\",\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":4}}";

	private final WireUsage usage = new WireUsage();

	private final Faults faults = new Faults();

	@Test
	void givesTheClientEveryByteAndReadsAlong() throws IOException {
		for (int piece = 1; piece <= BODY.length(); piece++) {
			WireUsage each = new WireUsage();
			ResponseBody body = body(new Pieces(buffer(BODY), piece), BODY.length(), each);
			assertThat(body.contentType()).isEqualTo(JSON);
			assertThat(body.contentLength()).isEqualTo(BODY.length());
			assertThat(body.string()).isEqualTo(BODY);
			assertThat(each.reading().body()).containsEntry("prompt_tokens", 20);
			assertThat(each.reading().settled()).isTrue();
		}
	}

	@Test
	void readsNothingAheadOfTheClient() throws IOException {
		Pieces server = new Pieces(buffer("0123456789"), 4);
		try (ResponseBody body = body(server, 10, this.usage)) {
			assertThat(server.reads).isZero();
			assertThat(body.source().readUtf8(3)).isEqualTo("012");
			assertThat(server.reads).isEqualTo(1);
			assertThat(body.source().readUtf8(1)).isEqualTo("3");
			assertThat(server.reads).isEqualTo(1);
		}
	}

	@Test
	void readsAcrossSegmentsOfTheBuffer() throws IOException {
		String text = "{\"content\":\"" + "x".repeat(100_000) + "\"," + BODY.substring(1);
		ResponseBody body = body(buffer(text), text.length(), this.usage);
		assertThat(body.string()).hasSize(text.length());
		assertThat(this.usage.reading().body()).containsEntry("completion_tokens", 4);
	}

	@Test
	void closingClosesTheBody() throws IOException {
		Pieces server = new Pieces(buffer(BODY), 4);
		body(server, 10, this.usage).close();
		assertThat(server.closed).isTrue();
	}

	@Test
	void aFailingServerFailsTheClientAsBefore() {
		ResponseBody body = body(new ForwardingSource(buffer(BODY)) {
			@Override
			public long read(Buffer sink, long byteCount) throws IOException {
				throw new IOException("reset");
			}
		}, 10, this.usage);
		assertThatIOException().isThrownBy(body::string).withMessage("reset");
		assertThat(this.faults.count(Faults.Kind.USAGE)).isZero();
	}

	@Test
	void aFailingReaderOnlyStopsReading() throws IOException {
		ResponseBody body = new ReadAlongBody(ResponseBody.create(buffer(BODY), JSON, BODY.length()), this.usage,
				this.faults, (bytes, from, to) -> {
					throw new StackOverflowError();
				});
		assertThat(body.string()).isEqualTo(BODY);
		assertThat(this.usage.reading()).isNull();
		assertThat(this.faults.count(Faults.Kind.USAGE)).isEqualTo(1);
	}

	private ResponseBody body(Source source, long length, WireUsage usage) {
		return new ReadAlongBody(ResponseBody.create(Okio.buffer(source), JSON, length), usage, this.faults);
	}

	private static Buffer buffer(String text) {
		return new Buffer().write(text.getBytes(StandardCharsets.UTF_8));
	}

	/** A server that gives a few bytes at a time. */
	private static final class Pieces extends ForwardingSource {

		private final int size;

		private int reads;

		private boolean closed;

		Pieces(Source source, int size) {
			super(source);
			this.size = size;
		}

		@Override
		public long read(Buffer sink, long byteCount) throws IOException {
			this.reads++;
			return super.read(sink, Math.min(byteCount, this.size));
		}

		@Override
		public void close() throws IOException {
			this.closed = true;
			super.close();
		}

	}

}
