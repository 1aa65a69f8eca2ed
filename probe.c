extern int declared;
