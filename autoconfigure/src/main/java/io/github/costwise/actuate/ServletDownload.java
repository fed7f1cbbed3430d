package io.github.costwise.actuate;

import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Sets the {@code Content-Disposition} of the servlet response that the current thread
 * answers. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ServletDownload implements Consumer<String> {

	/**
	 * Sets the header, where the thread answers a request.
	 * @param disposition the value of the header
	 */
	@Override
	public void accept(String disposition) {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current) {
			HttpServletResponse response = current.getResponse();
			if (response != null) {
				response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition);
			}
		}
	}

}
