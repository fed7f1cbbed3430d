package io.github.costwise.advisor.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

import io.github.costwise.advisor.CallRequests;
import io.github.costwise.advisor.ProviderOptions;
import io.github.costwise.pipeline.CallMeter;

/**
 * Reports each HTTP attempt of a call to its meter: the meter of the thread for blocking
 * calls, that of the mark for streamed ones. The mark never leaves the machine.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class AttemptInterceptor implements Interceptor {

	private static final String EXCEPTION = "Exception";

	private final CallRequests calls;

	/**
	 * Creates the interceptor.
	 * @param calls knows the streamed calls under way
	 */
	public AttemptInterceptor(CallRequests calls) {
		this.calls = calls;
	}

	@Override
	public Response intercept(Chain chain) throws IOException {
		Request request = chain.request();
		String mark = request.header(ProviderOptions.CALL_HEADER);
		if (mark != null) {
			request = request.newBuilder().removeHeader(ProviderOptions.CALL_HEADER).build();
		}
		CallMeter meter = (mark != null) ? streaming(mark, chain) : CallMeter.current();
		return (meter != null) ? proceed(chain, request, meter) : chain.proceed(request);
	}

	/** A client that repeats a request that was broken off does so for nobody. */
	private @Nullable CallMeter streaming(String mark, Chain chain) throws IOException {
		CallMeter meter = this.calls.streaming(mark);
		if (meter != null) {
			meter.stopsBy(chain.call()::cancel);
		}
		else if (this.calls.isOver(mark)) {
			throw new IOException("The call is over");
		}
		return meter;
	}

	private static Response proceed(Chain chain, Request request, CallMeter meter) throws IOException {
		long start = System.nanoTime();
		try {
			Response response = chain.proceed(request);
			report(meter, response.code(), start, null);
			return response;
		}
		catch (IOException ex) {
			report(meter, 0, start, ex);
			throw ex;
		}
	}

	private static void report(CallMeter meter, int status, long start, @Nullable IOException error) {
		String outcome = (status >= 200 && status < 300) ? "ok" : "http_" + status;
		if (error != null) {
			outcome = name(error.getClass().getSimpleName());
		}
		meter.attempt(status, Duration.ofNanos(System.nanoTime() - start), outcome);
	}

	private static String name(String type) {
		String name = type.endsWith(EXCEPTION) ? type.substring(0, type.length() - EXCEPTION.length()) : type;
		return name.toLowerCase(Locale.ROOT);
	}

}
