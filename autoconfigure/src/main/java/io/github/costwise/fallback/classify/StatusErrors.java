package io.github.costwise.fallback.classify;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.spi.FailureClassifier;

/**
 * Exceptions of any other SDK that have a public method {@code int statusCode()}, as
 * those of the AWS SDK have. Found by reflection, because that library is no dependency.
 */
final class StatusErrors implements FailureClassifier {

	private final HttpFailures http;

	StatusErrors(HttpFailures http) {
		this.http = http;
	}

	@Override
	public @Nullable Failure classify(Throwable error) {
		int status = status(error);
		return (status >= 400 && status < 600) ? this.http.classify(HttpError.of(status, error.getMessage())) : null;
	}

	private static int status(Throwable error) {
		try {
			Method method = error.getClass().getMethod("statusCode");
			return (method.getReturnType() == int.class) ? (int) method.invoke(error) : 0;
		}
		catch (ReflectiveOperationException ex) {
			return 0;
		}
	}

}
