package io.github.costwise.advisor.http;

import java.io.IOException;

import okhttp3.MediaType;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.wire.UsageReader;
import io.github.costwise.accounting.wire.WireUsage;
import io.github.costwise.faults.Faults;

/**
 * A body that is read along while its client reads it: nothing is read ahead, held back
 * or copied. A reader that fails does not read on; the client notices nothing.
 */
final class ReadAlongBody extends ResponseBody {

	private final ResponseBody body;

	private final BufferedSource source;

	ReadAlongBody(ResponseBody body, WireUsage usage, Faults faults) {
		this(body, usage, faults, new UsageReader(usage)::read);
	}

	ReadAlongBody(ResponseBody body, WireUsage usage, Faults faults, Reader reader) {
		this.body = body;
		this.source = Okio.buffer(new ReadAlong(body.source(), usage, faults, reader));
	}

	@Override
	public @Nullable MediaType contentType() {
		return this.body.contentType();
	}

	@Override
	public long contentLength() {
		return this.body.contentLength();
	}

	@Override
	public BufferedSource source() {
		return this.source;
	}

	/** Reads bytes that belong to somebody else. */
	@FunctionalInterface
	interface Reader {

		void read(byte[] bytes, int from, int to);

	}

	private static final class ReadAlong extends ForwardingSource {

		private final WireUsage usage;

		private final Faults faults;

		private @Nullable Reader reader;

		ReadAlong(Source source, WireUsage usage, Faults faults, Reader reader) {
			super(source);
			this.usage = usage;
			this.faults = faults;
			this.reader = reader;
		}

		@Override
		public long read(Buffer sink, long byteCount) throws IOException {
			long count = super.read(sink, byteCount);
			Reader reader = this.reader;
			if (reader != null) {
				note(reader, sink, count);
			}
			return count;
		}

		private void note(Reader reader, Buffer sink, long count) {
			try {
				if (count < 0) {
					this.usage.ended();
				}
				else {
					pass(reader, sink, sink.size() - count);
				}
			}
			catch (Throwable ex) {
				this.reader = null;
				this.usage.lost();
				this.faults.report(Faults.Kind.USAGE, ex);
			}
		}

		private static void pass(Reader reader, Buffer sink, long from) {
			try (Buffer.UnsafeCursor cursor = sink.readUnsafe(new Buffer.UnsafeCursor())) {
				for (int length = cursor.seek(from); length != -1; length = cursor.next()) {
					byte[] data = cursor.data;
					if (data != null) {
						reader.read(data, cursor.start, cursor.end);
					}
				}
			}
		}

	}

}
