package io.github.costwise.pricing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

import io.github.costwise.time.Timers;

/**
 * Fetches a price list, bounded in size and time.
 */
final class LiteLlmFetch {

	private static final int OK = 200;

	private final LiteLlmSource source;

	private final Timers timers;

	LiteLlmFetch(LiteLlmSource source, Timers timers) {
		this.source = source;
		this.timers = timers;
	}

	/**
	 * Fetches the list.
	 * @return its bytes
	 * @throws IOException if it cannot be had, is too long or takes too long
	 * @throws InterruptedException if the thread is interrupted
	 */
	byte[] fetch() throws IOException, InterruptedException {
		String location = this.source.location();
		if (location.startsWith("http://") || location.startsWith("https://")) {
			return overHttp(URI.create(location));
		}
		return fromFile(location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location));
	}

	private byte[] fromFile(Path path) throws IOException {
		try (InputStream in = Files.newInputStream(path)) {
			byte[] bytes = in.readNBytes(this.source.maxBytes() + 1);
			if (bytes.length > this.source.maxBytes()) {
				throw tooLong();
			}
			return bytes;
		}
	}

	private byte[] overHttp(URI uri) throws IOException, InterruptedException {
		HttpClient client = HttpClient.newBuilder()
			.connectTimeout(this.source.connectTimeout())
			.followRedirects(HttpClient.Redirect.NORMAL)
			.build();
		HttpRequest request = HttpRequest.newBuilder(uri).timeout(this.source.readTimeout()).GET().build();
		CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, (info) -> new Limited());
		try {
			if (!this.timers.await(answer, this.source.readTimeout())) {
				throw new IOException(uri + " did not answer within " + this.source.readTimeout());
			}
			HttpResponse<byte[]> response = answer.get();
			if (response.statusCode() != OK) {
				throw new IOException(uri + " answered with status " + response.statusCode());
			}
			return response.body();
		}
		catch (ExecutionException ex) {
			throw new IOException(uri + " could not be read: " + ex.getCause(), ex.getCause());
		}
		finally {
			answer.cancel(true);
		}
	}

	private IOException tooLong() {
		return new IOException(this.source.location() + " is longer than " + this.source.maxBytes() + " bytes");
	}

	/** Collects a body and gives up when it is too long. */
	private final class Limited implements HttpResponse.BodySubscriber<byte[]> {

		private final CompletableFuture<byte[]> body = new CompletableFuture<>();

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private Flow.@Nullable Subscription subscription;

		@Override
		public CompletionStage<byte[]> getBody() {
			return this.body;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(List<ByteBuffer> buffers) {
			for (ByteBuffer buffer : buffers) {
				if (this.bytes.size() + buffer.remaining() > LiteLlmFetch.this.source.maxBytes()) {
					giveUp();
					return;
				}
				byte[] part = new byte[buffer.remaining()];
				buffer.get(part);
				this.bytes.write(part, 0, part.length);
			}
		}

		private void giveUp() {
			if (this.subscription != null) {
				this.subscription.cancel();
			}
			this.body.completeExceptionally(tooLong());
		}

		@Override
		public void onError(Throwable ex) {
			this.body.completeExceptionally(ex);
		}

		@Override
		public void onComplete() {
			this.body.complete(this.bytes.toByteArray());
		}

	}

}
