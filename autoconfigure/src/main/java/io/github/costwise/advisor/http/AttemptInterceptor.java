package io.github.costwise.advisor.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.wire.WireUsage;
import io.github.costwise.advisor.CallRequests;
import io.github.costwise.advisor.ProviderOptions;
import io.github.costwise.faults.Faults;
import io.github.costwise.pipeline.Attempt;
import io.github.costwise.pipeline.CallMeter;

/**
 * Reports each HTTP attempt of a call to its meter: the meter of the thread for blocking
 * calls, that of the mark for streamed ones. The mark never leaves the machine. The usage
 * in the body of an answer is read along as the client reads it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AttemptInterceptor implements Interceptor {

	private static final String EXCEPTION = "Exception";

	private static final String PLAIN = "identity";

	private final CallRequests calls;

	private final @Nullable Faults reading;

	/**
	 * Creates the interceptor.
	 * @param calls knows the streamed calls in flight
	 * @param reading told when the usage in a body cannot be read along, or {@code null}
	 * to leave bodies unread
	 */
	public AttemptInterceptor(CallRequests calls, @Nullable Faults reading) {
		this.calls = calls;
		this.reading = reading;
	}

	@Override
	public Response intercept(Chain chain) throws IOException {
		Request request = chain.request();
		String mark = request.header(ProviderOptions.CALL_HEADER);
		if (mark != null) {
			request = request.newBuilder().removeHeader(ProviderOptions.CALL_HEADER).build();
		}
		Attempt attempt = (mark != null) ? streaming(mark, chain) : Attempt.current();
		return (attempt != null) ? proceed(chain, request, attempt.meter()) : chain.proceed(request);
	}

	/** A client that repeats a request that was broken off does so for nobody. */
	private @Nullable Attempt streaming(String mark, Chain chain) throws IOException {
		Attempt attempt = this.calls.streaming(mark);
		if (attempt != null) {
			attempt.stopsBy(chain.call()::cancel);
		}
		else if (this.calls.isOver(mark)) {
			throw new IOException("The call is over");
		}
		return attempt;
	}

	private Response proceed(Chain chain, Request request, CallMeter meter) throws IOException {
		long start = meter.ticker().read();
		try {
			Response response = chain.proceed(request);
			report(meter, response.code(), start, null);
			return readAlong(response, meter);
		}
		catch (IOException ex) {
			report(meter, 0, start, ex);
			throw ex;
		}
	}

	/** What is compressed for the client alone is not read. */
	private Response readAlong(Response response, CallMeter meter) {
		ResponseBody body = response.body();
		Faults faults = this.reading;
		if (faults == null || body == null || !response.isSuccessful()
				|| !PLAIN.equalsIgnoreCase(response.header("Content-Encoding", PLAIN))) {
			return response;
		}
		WireUsage usage = new WireUsage();
		meter.reads(usage);
		return response.newBuilder().body(new ReadAlongBody(body, usage, faults)).build();
	}

	private static void report(CallMeter meter, int status, long start, @Nullable IOException error) {
		String outcome = (status >= 200 && status < 300) ? "ok" : "http_" + status;
		if (error != null) {
			outcome = name(error.getClass().getSimpleName());
		}
		meter.attempts().add(status, Duration.ofNanos(meter.ticker().read() - start), outcome);
	}

	private static String name(String type) {
		String name = type.endsWith(EXCEPTION) ? type.substring(0, type.length() - EXCEPTION.length()) : type;
		return name.toLowerCase(Locale.ROOT);
	}

}
