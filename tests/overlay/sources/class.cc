/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A class around a handle, whose methods have the names of the functions that
 * they call, and whose conversation is a static method.
 *
 * Home: linux-pam openpam apple illumos
 */
#include <security/pam_appl.h>
#include <stdlib.h>
#include <exception>

class failure : public std::exception {
public:
	explicit failure(const char *reason) : reason(reason) {}
	const char *what() const noexcept override { return reason; }

private:
	const char *reason;
};

class transaction {
public:
	transaction(const char *service, const char *user);
	transaction(const transaction &) = delete;
	transaction &operator=(const transaction &) = delete;
	~transaction() { ::pam_end(pamh, status); }

	int pam_authenticate(int flags = 0)
	{
		return status = ::pam_authenticate(pamh, flags);
	}
	int pam_end() { return status; }
	const char *item(int type) const;
	const char *text() const { return ::pam_strerror(pamh, status); }

private:
	static int converse(int, const struct pam_message **,
	    struct pam_response **, void *);

	pam_handle_t *pamh = nullptr;
	int status = PAM_SUCCESS;
	struct pam_conv conv = { &transaction::converse, this };
};

transaction::transaction(const char *service, const char *user)
{
	status = pam_start(service, user, &conv, &pamh);
	if (status != PAM_SUCCESS)
		throw failure(pam_strerror(pamh, status));
}

const char *
transaction::item(int type) const
{
	const void *value = nullptr;

	if (pam_get_item(pamh, type, &value) != PAM_SUCCESS || value == nullptr)
		return "";
	return static_cast<const char *>(value);
}

int
transaction::converse(int n, const struct pam_message **msg,
    struct pam_response **resp, void *data)
{
	transaction *self = static_cast<transaction *>(data);

	*resp = static_cast<struct pam_response *>(
	    calloc(static_cast<size_t>(n), sizeof(**resp)));
	if (*resp == nullptr)
		return PAM_BUF_ERR;
	for (int i = 0; i < n; i++)
		if (msg[i]->msg_style == PAM_PROMPT_ECHO_ON)
			(*resp)[i].resp_retcode = self->status;
	return PAM_SUCCESS;
}

int check(const char *user);

int
check(const char *user)
{
	try {
		transaction login("login", user);

		if (login.pam_authenticate(PAM_SILENT) == PAM_SUCCESS)
			return *login.item(PAM_TTY) == '\0' ? 1 : 0;
		return login.pam_end();
	} catch (const std::exception &error) {
		return *error.what() == '\0' ? -1 : -2;
	}
}
